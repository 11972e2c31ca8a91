"""The pages of the songs app: public ones, machine data, and the crew's desk."""
