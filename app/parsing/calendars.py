"""The names of months and eras by which sources of several languages print dates; how they are read is in dates."""

from __future__ import annotations

_NAMES = (
    "january januari ledna siječnja ocak يناير jan january's января январь січня styczeń "
    "stycznia januar jänner janvier enero gennaio janeiro",
    "february februari února veljače şubat فبراير feb февраля февраль лютого luty lutego "
    "februar feber février fevrier febrero febbraio fevereiro",
    "march maart března ožujka mart مارس mar марта март березня marzec marca märz maerz mars marzo março marco",
    "april dubna travnja nisan أبريل apr апреля апрель квітня kwiecień kwietnia avril abril aprile",
    "may mei května svibnja mayıs مايو мая май травня maj maja mai mayo maggio maio",
    "june června lipnja haziran يونيو jun июня июнь червня czerwiec czerwca juni juin junio giugno junho",
    "july července srpnja temmuz يوليو jul июля июль липня lipiec lipca juli juillet julio luglio julho",
    "august augustus augusti srpna kolovoza ağustos أغسطس aug августа август серпня sierpień sierpnia août aout agosto",
    "september září rujna eylül سبتمبر sept sep сентября сентябрь вересня wrzesień "
    "września septembre septiembre setiembre settembre setembro",
    "october října ekim أكتوبر oct октября октябрь жовтня październik października "
    "oktober octobre octubre ottobre outubro",
    "november studenoga kasım نوفمبر nov ноября ноябрь листопада listopad novembre noviembre novembro",
    "december prosince prosinca aralık ديسمبر dec декабря декабрь грудня grudzień "
    "grudnia dezember décembre decembre diciembre dicembre dezembro",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
"""Every name of a month, in lower case, to its number."""

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
"""Each Japanese era to the year before its first."""
