"""Every refusal of the sale, each one class and one sentence, in the reader's language."""
