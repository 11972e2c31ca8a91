"""Every refusal of letters to many, each one class and one sentence, in the reader's language."""

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class NoSuchBulletin(Refusal):
    sentence = gettext_noop("This letter is not here any more.")


class NoWords(Refusal):
    sentence = gettext_noop("The letter needs a subject and a text in the same language.")


class NoReaders(Refusal):
    sentence = gettext_noop("Nobody would get this letter.")


class NoMail(Refusal):
    sentence = gettext_noop("Set up mail first: so many letters cannot be carried by hand.")


class NoHouseAddress(Refusal):
    sentence = gettext_noop(
        "The house does not know its own address: without it, a letter has no link to leave by. "
        "Set AQYN_PUBLIC_URL."
    )


class HasBegun(Refusal):
    sentence = gettext_noop("This letter is on its way already; what it says cannot be changed any more.")


class OtherNumber(Refusal):
    sentence = gettext_noop("Now it would go to %(count)s readers, not to %(seen)s. Look at it once more.")


class NoBuyersWithoutShow(Refusal):
    sentence = gettext_noop("Choose the show whose listeners should get the letter.")
