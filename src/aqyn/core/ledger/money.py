"""Amounts of money: whole numbers of a currency's minor unit (ISO 4217), written and read as people do."""

from __future__ import annotations

import re

# ISO 4217, the currencies that people pay in, by how many digits their minor unit has. Facts of the standard.
_DIGITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY "
        "COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF "
        "IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR "
        "MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG "
        "SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST "
        "XCD XCG YER ZAR ZMW ZWG"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
}
DIGITS: dict[str, int] = {code: digits for digits, codes in _DIGITS.items() for code in codes.split()}
"""How many digits the minor unit of each currency has."""
SIGNS = {"KZT": "₸", "RUB": "₽", "USD": "$", "EUR": "€", "GBP": "£", "TRY": "₺", "UAH": "₴", "JPY": "¥"}
SIGNS |= {"KRW": "₩", "INR": "₹", "GEL": "₾", "AZN": "₼", "AMD": "֏", "ILS": "₪", "MNT": "₮", "VND": "₫"}
# How people write a currency besides its sign and its code; the longer word first.
_SAID = {"KZT": ("тенге", "теңге", "тг.", "тг"), "RUB": ("руб.", "руб")}
MOST = 10**13
"""No amount is as large as this one."""
LONGEST = 60
"""No amount is written in more characters."""
NARROW, WIDE = "\u202f", "\u00a0"

_AMOUNT = re.compile(r"(-?)(\d+)(?:\.(\d+))?")


class AmountError(ValueError):
    """What is written is not an amount of this currency."""


def known(currency: str) -> bool:
    """Whether this is the code of a currency that people pay in."""
    return currency in DIGITS


def written(amount: int, currency: str) -> str:
    """As people read it, with spaces that do not break: "12 000 ₸", "9.50 €", "−5 $".

    Digits of the minor unit are left out where they are all zeros.
    """
    digits = DIGITS[currency]
    whole, part = divmod(abs(amount), 10**digits)
    number = f"{whole:,}".replace(",", WIDE)
    if part:
        number += f".{part:0{digits}d}"
    return f"{'−' if amount < 0 else ''}{number}{WIDE}{SIGNS.get(currency, currency)}"


def plain(amount: int, currency: str) -> str:
    """As programs and tables read it: "12000.00", "-5.00"; without a point where there is no minor unit."""
    digits = DIGITS[currency]
    whole, part = divmod(abs(amount), 10**digits)
    return f"{'-' if amount < 0 else ''}{whole}" + (f".{part:0{digits}d}" if digits else "")


def read(text: str, currency: str) -> int:
    """The amount in minor units, from what a person or a bank wrote: "12 000", "12.000,50", "1,5", "12000 ₸".

    A single comma or point parts the minor unit where at most as many digits follow as the currency has;
    otherwise it parts thousands. Raises AmountError.
    """
    digits = DIGITS[currency]
    if len(text) > LONGEST:
        raise AmountError(text[:LONGEST])
    bare = text.strip().replace("−", "-")
    for word in (currency, SIGNS.get(currency, ""), *_SAID.get(currency, ())):
        bare = bare.removesuffix(word).rstrip().removeprefix(word) if word else bare
    bare = re.sub(r"[\s\u00a0\u202f'’_]", "", bare)
    bare = bare[1:] if re.match(r"\+\d", bare) else bare
    last = max(bare.rfind(","), bare.rfind("."))
    if last >= 0:
        mark, after = bare[last], bare[last + 1 :]
        before = bare[:last]
        thousands = bare.count(mark) > 1 or (len(after) == 3 and digits < 3 and _other(mark) not in before)
        if thousands:
            _grouped(bare)
            bare = bare.replace(",", "").replace(".", "")
        else:
            if any(sign in before for sign in ",."):
                _grouped(before)
            bare = f"{before.replace(',', '').replace('.', '')}.{after}"
    found = _AMOUNT.fullmatch(bare)
    if found is None:
        raise AmountError(text)
    sign, whole, part = found.group(1), found.group(2), found.group(3) or ""
    if len(part.rstrip("0")) > digits:
        raise AmountError(text)
    amount = int(whole + part[:digits].ljust(digits, "0"))
    if amount >= MOST:
        raise AmountError(text)
    return -amount if sign else amount


def _other(mark: str) -> str:
    return "." if mark == "," else ","


def _grouped(number: str) -> None:
    """Thousands are parted by one mark, three digits each time. Raises AmountError."""
    if not re.fullmatch(r"-?[1-9]\d{0,2}(?:(,|\.)\d{3})(?:\1\d{3})*", number):
        raise AmountError(number)
