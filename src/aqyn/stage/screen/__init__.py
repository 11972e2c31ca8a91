"""How a big screen is set: everything that its address can say."""
