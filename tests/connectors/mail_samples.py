# ruff: noqa: E501 - mails have long lines
"""Answers as mail programs write them, in three languages. Made up, in the programs' own shape."""

from __future__ import annotations

NEW = {
    "fi": "Kiitos, odotan vielä viikon.",
    "et": "Aitäh, ootan veel nädala.",
    "en": "Thanks, I will wait another week.",
}
OLD = "VANHA kysymys"
SHOP = "asiakaspalvelu@kaamos.example"

PLAIN = {
    "gmail fi": f"{NEW['fi']}\n\nla 21. marrask. 2026 klo 12.00 Kaamos ({SHOP})\nkirjoitti:\n\n> {OLD}\n>\n> -- \n> Kaamos\n",
    "gmail et": f"{NEW['et']}\n\nKontakt Kaamos (<{SHOP}>) kirjutas kuupäeval L, 21. november\n2026 kell 12:00:\n\n> {OLD}\n",
    "gmail en": f"{NEW['en']}\n\nOn Sat, Nov 21, 2026 at 12:00 PM Kaamos <{SHOP}> wrote:\n\n> {OLD}\n> more\n",
    "outlook fi": f"{NEW['fi']}\n\nLähettäjä: Kaamos <{SHOP}>\nLähetetty: lauantai 21. marraskuuta 2026 12.00\n"
    f"Vastaanottaja: Maija <maija@asiakas.example>\nAihe: Re: Tilaus\n\n{OLD}\n",
    "outlook et": f"{NEW['et']}\n\n________________________________\nSaatja: Kaamos <{SHOP}>\nSaadetud: laupäev, 21. november "
    f"2026 12:00\nAdressaat: Mari <mari@klient.example>\nTeema: Re: Tellimus\n\n{OLD}\n",
    "outlook en": f"{NEW['en']}\n\n-----Original Message-----\nFrom: Kaamos <{SHOP}>\nSent: Saturday, 21 November 2026 "
    f"12:00\nTo: Mary <mary@customer.example>\nSubject: Re: Order\n\n{OLD}\n",
    "apple fi": f"{NEW['fi']}\n\nLähetetty iPhonesta\n\n> Kaamos <{SHOP}> kirjoitti 21.11.2026 kello 12.00:\n> \n> {OLD}\n",
    "apple et": f"{NEW['et']}\n\nSaadetud minu iPhone’ist\n\n> Kaamos <{SHOP}> kirjutas 21.11.2026 kell 12:00:\n> \n> {OLD}\n",
    "apple en": f"{NEW['en']}\n\nSent from my iPhone\n\n> On 21 Nov 2026, at 12.00, Kaamos <{SHOP}> wrote:\n> \n> {OLD}\n",
    "apple fi, desktop": f"{NEW['fi']}\n\nMaija\n\n> Kaamos <{SHOP}> kirjoitti 21.11.2026 kello 12.00:\n> \n> {OLD}\n",
    "thunderbird en": f"On 21/11/2026 12.00, Kaamos wrote:\n> {OLD}\n\n{NEW['en']}\n",
    "signature": f"{NEW['fi']}\n\n-- \nMaija Meikäläinen\nPuh. 040 123\n",
    "outlook app": f"{NEW['fi']}\n\nHanki Outlook for iOS\n________________________________\nLähettäjä: Kaamos <{SHOP}>\n"
    f"Lähetetty: 21. marraskuuta 2026\nVastaanottaja: Maija\nAihe: Tilaus\n\n{OLD}\n",
}
HTML = {
    "gmail": f'<div dir="ltr">{NEW["en"]}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" '
    f'class="gmail_attr">On Sat, Nov 21, 2026 at 12:00 PM Kaamos &lt;<a href="mailto:{SHOP}">{SHOP}</a>&gt; wrote:<br></div>'
    f'<blockquote class="gmail_quote" style="margin:0"><p>{OLD}</p></blockquote></div>',
    "outlook desktop": "<html><head><style>p.MsoNormal {margin:0}</style></head><body><div class=WordSection1>"
    f"<p class=MsoNormal>{NEW['fi']}<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div style='border-top:solid "
    f"#E1E1E1 1.0pt'><p class=MsoNormal><b>Lähettäjä:</b> Kaamos &lt;{SHOP}&gt; <br><b>Lähetetty:</b> lauantai 21. "
    f"marraskuuta 2026 12.00<br><b>Vastaanottaja:</b> Maija<br><b>Aihe:</b> Re: Tilaus</p></div><p>{OLD}</p></div></body></html>",
    "outlook web": f'<body><div class="elementToProof">{NEW["et"]}</div><div id="appendonsend"></div><hr><div '
    f'id="divRplyFwdMsg" dir="ltr"><font><b>From:</b> Kaamos<br><b>Sent:</b> Saturday<br></font></div><div><p>{OLD}</p></div>',
    "apple": f'<html><body dir="auto">{NEW["fi"]}<div dir="ltr"><br><div>Lähetetty iPhonesta</div></div><div dir="ltr"><br>'
    f'<blockquote type="cite">Kaamos &lt;{SHOP}&gt; kirjoitti 21.11.2026 kello 12.00:<br><br></blockquote></div>'
    f'<blockquote type="cite"><div dir="ltr">{OLD}</div></blockquote></body></html>',
}

OUT_OF_OFFICE = {
    "outlook": {
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "All",
        "Subject": "Automaattinen vastaus",
    },
    "gmail": {"Precedence": "bulk", "X-Autoreply": "yes", "Subject": "Poissa"},
    "sieve": {"Auto-Submitted": "auto-replied (vacation)"},
    "list": {"List-Id": "<news.shop.example>", "Subject": "Tarjous"},
    "null return path": {"Return-Path": "<>"},
    "daemon": {"From": "MAILER-DAEMON@mail.example"},
    "no-reply": {"From": "Pankki <no-reply@bank.example>"},
}


def bounce(message_id: str, recipient: str, status: str = "5.1.1", action: str = "failed") -> bytes:
    """A notice as Postfix writes it."""
    return f"""\
Return-Path: <>
From: MAILER-DAEMON@mx.asiakas.example (Mail Delivery System)
To: {SHOP}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-ID: <bounce.{message_id.strip("<>")[:40]}@mx.asiakas.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

This is the mail system. Your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.asiakas.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <{recipient}>: Recipient address rejected

--b1
Content-Type: text/rfc822-headers

From: {SHOP}
To: {recipient}
Message-ID: {message_id}
Subject: Re: Tilaus

--b1--
""".encode()
