"""Why something was not done with money. Nothing was booked."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class NoSuchPayment(Refusal):
    sentence = gettext_noop("There is no such payment.")


class NoSuchWay(Refusal):
    sentence = gettext_noop("There is no such way to pay.")


class NoSuchRefund(Refusal):
    sentence = gettext_noop("There is no such refund.")


class NoSuchRow(Refusal):
    sentence = gettext_noop("There is no such transfer.")


class NoSuchEntry(Refusal):
    sentence = gettext_noop("There is no such entry.")


class BadAmount(Refusal):
    sentence = gettext_noop("“%(amount)s” is not an amount in %(currency)s.")


class NothingMoved(Refusal):
    sentence = gettext_noop("An amount above zero is needed.")


class OtherCurrency(Refusal):
    sentence = gettext_noop(
        "This payment is in %(currency)s; nothing in another currency can be booked for it."
    )


class BeyondReceived(Refusal):
    sentence = gettext_noop("Only %(amount)s came in for this payment; no more than that can go back.")


class BeyondCharged(Refusal):
    sentence = gettext_noop("This payment is over less than that.")


class RefundIsClosed(Refusal):
    sentence = gettext_noop("This refund was sent or let go already.")


class IsReversed(Refusal):
    sentence = gettext_noop("This entry was reversed already.")


class ArrivalIsAnswered(Refusal):
    sentence = gettext_noop("This money was given to a payment or sent back: reverse that first.")


class CannotReverse(Refusal):
    sentence = gettext_noop("Only money that came in or went back can be reversed.")


class UnknownAdapter(Refusal):
    sentence = gettext_noop("There is no way to pay of the kind “%(name)s”.")


class DetailMissing(Refusal):
    sentence = gettext_noop("“%(name)s” has to be filled in.")


class BadIban(Refusal):
    sentence = gettext_noop("This is not a right account number: its check digits do not fit.")


class BadPayLink(Refusal):
    sentence = gettext_noop("The link has to begin with https://.")


class NeedsLinkOrPhone(Refusal):
    sentence = gettext_noop("A link or a phone number is needed, so that people know where to pay.")


class NoTitle(Refusal):
    sentence = gettext_noop("Give this way to pay a name.")


class TooManyAdvices(Refusal):
    sentence = gettext_noop("You have told us of this payment often enough; we are looking at it.")


class NoPayer(Refusal):
    sentence = gettext_noop("Write the name of the one who paid, as the bank knows it.")


class BadPicture(Refusal):
    sentence = gettext_noop("Only pictures (JPEG, PNG or WebP) of at most %(mib)s MiB can be taken.")


class NotATable(Refusal):
    sentence = gettext_noop("This is not a table in CSV: a picture, a PDF or a workbook cannot be read here.")


class StatementIsEmpty(Refusal):
    sentence = gettext_noop("This file is empty.")


class NoFile(Refusal):
    sentence = gettext_noop("Choose the file once more.")


class NoSuchCurrency(Refusal):
    sentence = gettext_noop("“%(currency)s” is not the code of a currency, such as KZT.")


class StatementTooDense(Refusal):
    sentence = gettext_noop("There is too much in this statement for one go: take a shorter time.")


class StatementTooLarge(Refusal):
    sentence = gettext_noop("The statement is larger than %(mib)s MiB: take a shorter time.")


class TooManyRows(Refusal):
    sentence = gettext_noop("The statement has more than %(most)s rows: take a shorter time.")


class StatementIsHere(Refusal):
    sentence = gettext_noop("This very file was uploaded already.")


class ColumnsMissing(Refusal):
    sentence = gettext_noop("Choose which column holds the date and which the amount, each once.")


class RowUnread(Refusal):
    sentence = gettext_noop("Row %(row)s cannot be read: “%(cell)s”. Are the columns chosen right?")


class NothingCame(Refusal):
    sentence = gettext_noop("No money came in by this statement.")


class StatementInOther(Refusal):
    sentence = gettext_noop("The statement is in %(currency)s, and %(wanted)s was expected.")


class RowIsTaken(Refusal):
    sentence = gettext_noop("This transfer was booked or set aside already.")


class NotAsShown(Refusal):
    sentence = gettext_noop(
        "Something else was booked meanwhile: look at what becomes of this now, then press again."
    )


class NoSuchStatement(Refusal):
    sentence = gettext_noop("There is no such statement.")


class StatementIsBooked(Refusal):
    sentence = gettext_noop("Something was booked of this statement: it has to stay, as the book does.")


class NoReceiptNumber(Refusal):
    sentence = gettext_noop("Write the number of the fiscal receipt.")
