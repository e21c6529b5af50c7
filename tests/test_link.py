"""Which document is meant: one line per case that a lawyer can read."""

import random

import pytest

from kgdocs.link import link
from kgdocs.link.agencies import AgencyFinder
from kgdocs.link.offices import Context
from kgdocs.models import Reading, RegisterRow, Source
from kgdocs.pipeline.reading import reading_of
from kgdocs.read import source_of

PLAN = """ỦY BAN NHÂN DÂN TỈNH {place}
Số: {number}/KH-UBND
{line}, ngày {day} tháng 3 năm 2024

KẾ HOẠCH
{title}

{body}
"""


@pytest.fixture(scope="session")
def reading(rules, extractor):
    def make(text: str, name: str = "van-ban.txt") -> Reading:
        return reading_of(source_of(name, text.encode(), "text", rules), rules, extractor)

    return make


@pytest.fixture(scope="session")
def linked(rules, reading):
    """Texts (and register rows) → what linking them gives, with the links of each text."""

    def run(*texts: str, rows: tuple[RegisterRow, ...] = ()):
        readings = [reading(text, f"van-ban-{i}.txt") for i, text in enumerate(texts)]
        register = Reading(source=Source(id="0", path="so.csv", format="register", state="read"), rows=rows)
        result = link([*readings, register], rules)
        return result, [result.links[one.source.id] for one in readings]

    return run


def row(code: str, date: str, issuer: str, title: str = "") -> RegisterRow:
    return RegisterRow(start=0, end=0, code=code, date=date, issuer=issuer, title=title)


def plan(place: str, number: int, body: str = "", title: str = "Kế hoạch công tác trẻ em") -> str:
    return PLAN.format(place=place.upper(), line=place, number=number, day="05", title=title, body=body)


REGISTER = (
    row("28-CT/TW", "2023-12-25", "Bộ Chính trị", "về tăng cường công tác chăm sóc, giáo dục và bảo vệ trẻ em"),
    row("18-NQ/TW", "2017-10-25", "Ban Chấp hành Trung ương", "về tinh gọn bộ máy"),
    row("18-NQ/TW", "2022-06-16", "Ban Chấp hành Trung ương", "về đất đai"),
    row("47/KH-UBND", "2024-02-20", "UBND tỉnh Kiên Giang"),
    row("47/KH-UBND", "2024-02-21", "UBND tỉnh Lạng Sơn"),
    row("2022/KH-UBND", "2014-05-13", "UBND thành phố Hồ Chí Minh"),
    row("12/KH-UBND", "2024-03-01", "UBND huyện An Mẫu, tỉnh Sông Mẫu"),
    row("400/UBND-KGVX", "2024-03-05", "UBND tỉnh Kiên Giang"),
    row("55/KH-UBND", "2024-03-06", "UBND tỉnh Kiên Giang"),
    row("3931/KHPH-LĐTBXH-CAT-BĐBP-SNgV-HLHPN", "2022-11-24", "Sở Lao động - Thương binh và Xã hội tỉnh Kiên Giang"),
)
KG = plan("Kiên Giang", 99, "{}")
CASES = [
    ("one code in two provinces: the issuer decides", KG, "Kế hoạch số 47/KH-UBND ngày 21/02/2024 của UBND tỉnh Lạng Sơn", "exact", "lang-son/2024/47-kh-ubnd"),
    ("… and without an issuer the citing text's own province", KG, "Kế hoạch số 47/KH-UBND ngày 20/02/2024", "context", "kien-giang/2024/47-kh-ubnd"),
    ("no province anywhere, but the day is one office's", "{}", "Kế hoạch số 47/KH-UBND ngày 21/02/2024", "context", "lang-son/2024/47-kh-ubnd"),
    ("no province and no day", "{}", "Kế hoạch số 47/KH-UBND", "ambiguous", None),
    ("a neighbour's number is another document", KG, "Kế hoạch số 46/KH-UBND ngày 20/02/2024", "context", "kien-giang/2024/46-kh-ubnd"),
    ("147 is not 47", KG, "Kế hoạch số 147/KH-UBND ngày 20/02/2024", "context", "kien-giang/2024/147-kh-ubnd"),
    ("Party numbers by their year", KG, "Nghị quyết số 18-NQ/TW ngày 25/10/2017", "exact", "trung-uong/2017/18-nq-tw"),
    ("… of the later term", KG, "Nghị quyết số 18-NQ/TW ngày 16/6/2022", "exact", "trung-uong/2022/18-nq-tw"),
    ("… with nothing but the number", KG, "Nghị quyết số 18-NQ/TW", "ambiguous", None),
    ("… or by its title", KG, "Nghị quyết số 18-NQ/TW về đất đai.", "context", "trung-uong/2022/18-nq-tw"),
    ("… of the year 2022, stated alone", KG, "Nghị quyết số 18-NQ/TW năm 2022", "exact", "trung-uong/2022/18-nq-tw"),
    ("… of the twelfth congress", KG, "Nghị quyết số 18-NQ/TW (khóa XII)", "exact", "trung-uong/2017/18-nq-tw"),
    ("… with nothing, from 2019: the later one cannot be meant", KG.replace("năm 2024", "năm 2019"), "Nghị quyết số 18-NQ/TW", "exact", "trung-uong/2017/18-nq-tw"),
    ("a slip in the issuer's letters, told", KG, "Kế hoạch số 55/KH-UBNN ngày 06/3/2024 của UBND tỉnh Kiên Giang", "repaired", "kien-giang/2024/55-kh-ubnd"),
    ("… but never in the number", KG, "Kế hoạch số 56/KH-UBNN ngày 06/3/2024 của UBND tỉnh Kiên Giang", "exact", "kien-giang/2024/56-kh-ubnn"),
    ("a letter whose unit is left out", KG, "Công văn số 400/UBND ngày 05/3/2024 của UBND tỉnh", "context", "kien-giang/2024/400-ubnd-kgvx"),
    ("a letter of another day without its unit", KG, "Công văn số 400/UBND ngày 09/9/2023 của UBND tỉnh", "exact", "kien-giang/2023/400-ubnd"),
    ("five agencies abbreviated otherwise", KG, "Kế hoạch phối hợp số 3931/KHPH-LĐTBXH-CA-BĐBP-NgV-HPN ngày 24/11/2022 của Sở Lao động - Thương binh và Xã hội", "exact", "kien-giang/2022/3931-khph-ldtbxh-cat-bdbp-sngv-hlhpn"),
    ("one department with and without its S", KG, "Báo cáo số 9/BC-SLĐTBXH ngày 05/3/2024 và Báo cáo số 9/BC-LĐTBXH ngày 05/3/2024 của Sở Lao động - Thương binh và Xã hội", "exact", "kien-giang/2024/09-bc-sldtbxh"),
    ("a ministry after it was dissolved, by name", "{}", "Thông tư số 07/2025/TT-BLĐTBXH ngày 10/4/2025 của Bộ Lao động - Thương binh và Xã hội", "exact", "trung-uong/2025/07-2025-tt-bldtbxh"),
    ("… and by its symbol alone", "{}", "Thông tư số 07/2025/TT-BLĐTBXH ngày 10/4/2025", "exact", "trung-uong/2025/07-2025-tt-bldtbxh"),
    ("a number that looks like a year", KG, "Kế hoạch số 2022/KH-UBND ngày 13/5/2014 của UBND thành phố Hồ Chí Minh", "exact", "ho-chi-minh/2014/2022-kh-ubnd"),
    ("a district of the citing province", plan("Sông Mẫu", 3, "{}"), "Kế hoạch số 12/KH-UBND ngày 01/3/2024 của UBND huyện An Mẫu", "exact", "song-mau/an-mau/2024/12-kh-ubnd"),
    ("a commune named like a province", KG, "Kế hoạch số 12/KH-UBND ngày 01/3/2024 của UBND xã Hòa Bình", "exact", "kien-giang/xa-hoa-binh/2024/12-kh-ubnd"),
    ("a district named like a province, in its own", "{}", "Kế hoạch số 12/KH-UBND ngày 01/3/2024 của UBND huyện Quảng Ninh, tỉnh Quảng Bình", "exact", "quang-binh/quang-ninh/2024/12-kh-ubnd"),
    ("a town is not the district of its name", KG, "Kế hoạch số 3/KH-UBND ngày 05/3/2024 của UBND thị trấn Giồng Riềng", "exact", "kien-giang/thi-tran-giong-rieng/2024/03-kh-ubnd"),
    ("… nor with the district behind it", KG, "Kế hoạch số 3/KH-UBND ngày 05/3/2024 của UBND thị trấn Giồng Riềng, huyện Giồng Riềng", "exact", "kien-giang/giong-rieng/giong-rieng/2024/03-kh-ubnd"),
    ("a commune of a district", KG, "Kế hoạch số 3/KH-UBND ngày 05/3/2024 của UBND xã Bình An, huyện Kiên Lương", "exact", "kien-giang/kien-luong/binh-an/2024/03-kh-ubnd"),
    ("… of one that no table knows, in another province", KG, "Kế hoạch số 3/KH-UBND ngày 05/3/2024 của UBND xã Bình An, huyện Đông Anh, thành phố Hà Nội", "exact", "ha-noi/dong-anh/binh-an/2024/03-kh-ubnd"),
    ("a city named like its province", KG, "Kế hoạch số 3/KH-UBND ngày 05/3/2024 của UBND thành phố Cao Bằng", "exact", "cao-bang/cao-bang/2024/03-kh-ubnd"),
    ("the new An Giang's own departments", plan("An Giang", 3, "{}").replace("năm 2024", "năm 2026"), "Kế hoạch số 5/KH-SYT ngày 01/3/2026 của Sở Y tế", "exact", "an-giang-2025/2026/05-kh-syt"),
    ("a short form of other provinces' plans", plan("Sông Mẫu", 3, "{}"), "Kế hoạch 47/2024", "ambiguous", None),
    ("… of its own province's", plan("Lạng Sơn", 3, "{}"), "Kế hoạch 47/2024", "short", "lang-son/2024/47-kh-ubnd"),
    ("normative and individual decisions are two series", KG, "Quyết định số 12/2024/QĐ-UBND ngày 05/3/2024 của UBND tỉnh và Quyết định số 12/QĐ-UBND ngày 05/3/2024 của UBND tỉnh", "exact", "kien-giang/2024/12-qd-ubnd"),
    ("… the other way round", KG, "Quyết định số 12/QĐ-UBND ngày 05/3/2024 của UBND tỉnh và Quyết định số 12/2024/QĐ-UBND ngày 05/3/2024 của UBND tỉnh", "exact", "kien-giang/2024/12-2024-qd-ubnd"),
    ("a slip does not cross the series", KG, "Quyết định số 12/2024/QĐ-UBND ngày 05/3/2024 của UBND tỉnh và Quyết định số 12/QĐ-UBNN ngày 05/3/2024 của UBND tỉnh", "exact", "kien-giang/2024/12-qd-ubnn"),
    ("named with a day of one office, later of another", KG, "Kế hoạch số 47/KH-UBND ngày 21/02/2024 của UBND tỉnh Lạng Sơn; Kế hoạch số 47/KH-UBND của UBND tỉnh Cà Mau", "exact", "ca-mau/47-kh-ubnd"),
    ("a commune is not the province of another day", KG, "Kế hoạch số 47/KH-UBND ngày 21/02/2024 của UBND xã", "unresolved", None),
    ("only an old one of a yearly series is known", KG, "Quyết định số 23/QĐ-TTg ngày 01/02/2001 của Thủ tướng Chính phủ", "exact", "trung-uong/2001/23-qd-ttg"),
    ("XÃ HỘI is no commune", "ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG\nSỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI\nSố: 9/BC-SLĐTBXH\nKiên Giang, ngày 05 tháng 3 năm 2024\n\nBÁO CÁO\nCông tác\n\n{}", "Kế hoạch số 5/KH-UBND ngày 01/3/2024 của UBND tỉnh", "exact", "kien-giang/2024/05-kh-ubnd"),
    ("… nor in the symbol of the text's own department", "ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG\nSỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI\nSố: 9/BC-SLĐTBXH\nKiên Giang, ngày 05 tháng 3 năm 2024\n\nBÁO CÁO\nCông tác\n\n{}", "Kế hoạch số 7/KH-SLĐTBXH ngày 01/3/2024", "context", "kien-giang/2024/07-kh-sldtbxh"),
    ("an organisation of the district is not the province's", "ỦY BAN NHÂN DÂN\nHUYỆN AN BIÊN\nSố: 9/BC-UBND\nAn Biên, ngày 05 tháng 3 năm 2024\n\nBÁO CÁO\nCông tác\n\n{}", "Kế hoạch số 5/KH-LĐLĐ ngày 01/3/2024 của Liên đoàn Lao động huyện", "exact", "kien-giang/an-bien/2024/05-kh-ldld"),
    ("… which is named elsewhere", "ỦY BAN NHÂN DÂN\nHUYỆN AN BIÊN\nSố: 9/BC-UBND\nAn Biên, ngày 05 tháng 3 năm 2024\n\nBÁO CÁO\nCông tác\n\n{}", "Kế hoạch số 5/KH-LĐLĐ ngày 01/3/2024 của Liên đoàn Lao động tỉnh", "exact", "kien-giang/2024/05-kh-ldld"),
    ("the new An Giang issued nothing before it was there", plan("An Giang", 3, "{}").replace("năm 2024", "năm 2026"), "Kế hoạch số 10/KH-UBND ngày 05/01/2024", "unresolved", None),
    ("a circular is never of a province", KG, "Thông tư số 05/2003/TT-UBDSGĐTE ngày 02/5/2003", "exact", "trung-uong/2003/05-2003-tt-ubdsgdte"),
    ("a district that no table knows", KG, "Kế hoạch số 12/KH-UBND ngày 01/3/2024 của UBND huyện Đông Mẫu", "exact", "kien-giang/dong-mau/2024/12-kh-ubnd"),
    ("a district of another province", KG, "Kế hoạch số 12/KH-UBND ngày 01/3/2024 của UBND huyện Đông Anh", "exact", "ha-noi/dong-anh/2024/12-kh-ubnd"),
    ("one code of the province, …", plan("Sông Mẫu", 3, "{}"), "Kế hoạch số 5/KH-UBND ngày 01/3/2024 của UBND tỉnh", "exact", "song-mau/2024/05-kh-ubnd"),
    ("… of its district, …", plan("Sông Mẫu", 3, "{}"), "Kế hoạch số 5/KH-UBND ngày 01/3/2024 của UBND huyện An Mẫu", "exact", "song-mau/an-mau/2024/05-kh-ubnd"),
    ("… and of a commune", plan("Sông Mẫu", 3, "{}"), "Kế hoạch số 5/KH-UBND ngày 01/3/2024 của UBND xã Tân Mẫu, huyện An Mẫu", "exact", "song-mau/an-mau/tan-mau/2024/05-kh-ubnd"),
    ("An Giang of before the merger, cited after it", KG.replace("năm 2024", "năm 2026"), "Kế hoạch số 10/KH-UBND ngày 05/3/2024 của UBND tỉnh An Giang", "exact", "an-giang/2024/10-kh-ubnd"),
    ("An Giang after it", KG.replace("năm 2024", "năm 2026"), "Kế hoạch số 10/KH-UBND ngày 05/9/2025 của UBND tỉnh An Giang", "exact", "an-giang-2025/2025/10-kh-ubnd"),
    ("An Giang on its last day", "{}", "Kế hoạch số 10/KH-UBND ngày 30/6/2025 của UBND tỉnh An Giang", "exact", "an-giang/2025/10-kh-ubnd"),
    ("… and on the first day of the new one", "{}", "Kế hoạch số 10/KH-UBND ngày 01/7/2025 của UBND tỉnh An Giang", "exact", "an-giang-2025/2025/10-kh-ubnd"),
    ("Kiên Giang, which is An Giang now, keeps its documents", "{}", "Kế hoạch số 10/KH-UBND ngày 05/3/2024 của UBND tỉnh Kiên Giang", "exact", "kien-giang/2024/10-kh-ubnd"),
    ("the law on children of its time", KG.replace("năm 2024", "năm 2010"), "theo Luật Bảo vệ, chăm sóc và giáo dục trẻ em.", "title", "trung-uong/2004/25-2004-qh11"),
    ("… and the first of them", KG.replace("năm 2024", "năm 1999"), "theo Luật Bảo vệ, chăm sóc và giáo dục trẻ em.", "title", "trung-uong/1991/57-lct-hdnn8"),
    ("the law of 2016 before it was in force", KG.replace("năm 2024", "năm 2017"), "theo Luật Trẻ em.", "title", "trung-uong/2016/102-2016-qh13"),
    ("… and before it was passed", KG.replace("năm 2024", "năm 2015"), "theo Luật Trẻ em.", "title", "trung-uong/luat-tre-em"),
    ("a district's name that many provinces have", "{}", "Kế hoạch số 12/KH-UBND ngày 01/3/2024 của UBND huyện Châu Thành", "unresolved", None),
    ("… in the province that is named", "{}", "Kế hoạch số 12/KH-UBND ngày 01/3/2024 của UBND huyện Châu Thành, tỉnh Bến Tre", "exact", "ben-tre/chau-thanh/2024/12-kh-ubnd"),
    ("… and in the citing text's", KG, "Kế hoạch số 12/KH-UBND ngày 01/3/2024 của UBND huyện Châu Thành", "exact", "kien-giang/chau-thanh/2024/12-kh-ubnd"),
    ("a district committee tells its province", "HUYỆN ỦY AN BIÊN\nSố 4-KH/HU\nAn Biên, ngày 05 tháng 3 năm 2024\n\nKẾ HOẠCH\nCông tác\n\n{}", "Kế hoạch số 115-KH/TU ngày 10/02/2024 của Tỉnh ủy", "exact", "kien-giang/2024/115-kh-tu"),
    ("… one below its province", "ĐẢNG BỘ TỈNH SÔNG MẪU\nHUYỆN ỦY CHÂU THÀNH\nSố 4-KH/HU\nChâu Thành, ngày 05 tháng 3 năm 2024\n\nKẾ HOẠCH\nCông tác\n\n{}", "Nghị quyết số 3-NQ/HU ngày 10/02/2024", "context", "song-mau/chau-thanh/2024/03-nq-hu"),
    ("misplaced separators are told", KG, "Chỉ thị số 28/CT-TW ngày 25/12/2023", "repaired", "trung-uong/2023/28-ct-tw"),
    ("no decree of that form before 1997", "{}", "Nghị định 17/1990", "unresolved", None),
    ("lost letters are told", KG, "Kế hoạch số 12/KH-SLDTBXH ngày 01/3/2024", "repaired", "kien-giang/2024/12-kh-sldtbxh"),
    ("a decree by number and year", "{}", "theo NĐ 56/2017 và", "short", "trung-uong/2017/56-2017-nd-cp"),
    ("Luật Trẻ em when it is in force", KG, "theo Luật Trẻ em.", "title", "trung-uong/2016/102-2016-qh13"),
    ("the law before it, by its year", KG, "Luật Bảo vệ, chăm sóc và giáo dục trẻ em năm 2004.", "title", "trung-uong/2004/25-2004-qh11"),
    ("both known under an abbreviation", KG, "Bộ luật Hình sự năm 2015; theo BLHS và Bộ luật HS.", "context", "trung-uong/2015/100-2015-qh13"),
    ("the constitution in force", KG, "Căn cứ Hiến pháp nước CHXHCN Việt Nam.", "title", "trung-uong/2013/hien-phap-nuoc-cong-hoa-xa-hoi-chu-nghia-viet-nam"),
    ("… and an older one by its year", KG, "theo Hiến pháp năm 1946.", "title", "trung-uong/1946/hien-phap-nuoc-viet-nam-dan-chu-cong-hoa"),
    ("the year of a budget is not that of the ordinance", KG.replace("năm 2024", "năm 2019"), "dự toán kinh phí thực hiện Pháp lệnh ưu đãi người có công năm 2018.", "title", "trung-uong/2005/26-2005-pl-ubtvqh11"),
    ("nor is a year that is still to come", KG.replace("năm 2024", "năm 2019"), "Pháp lệnh ưu đãi NCC với cách mạng năm 2020.", "title", "trung-uong/2005/26-2005-pl-ubtvqh11"),
    ("a law of many, and no day", "{}", "theo Luật Đất đai.", "ambiguous", None),
    ("a law in the title of an older decree", KG, "Nghị định số 46/2013/NĐ-CP ngày 10/5/2013 của Chính phủ quy định chi tiết thi hành một số điều của Bộ luật Lao động", "title", "trung-uong/2012/10-2012-qh13"),
    ("… also where no day tells when it is cited", "{}", "Thông tư số 156/2013/TT-BTC ngày 06/11/2013 của Bộ Tài chính hướng dẫn thi hành một số điều của Luật Quản lý thuế", "title", "trung-uong/2006/78-2006-qh11"),
    ("… of the decree that the circular guides", KG, "Thông tư số 10/2021/TT-BLĐTBXH ngày 05/3/2021 của Bộ Lao động - Thương binh và Xã hội hướng dẫn Nghị định số 46/2013/NĐ-CP ngày 10/5/2013 của Chính phủ quy định chi tiết thi hành một số điều của Bộ luật Lao động", "title", "trung-uong/2012/10-2012-qh13"),
    ("… between two laws both may be meant", KG, "Nghị định số 63/2014/NĐ-CP ngày 26/6/2014 của Chính phủ quy định chi tiết thi hành một số điều của Luật Đấu thầu", "ambiguous", None),
    ("… and the one that the text names is later than the decree", KG, "Bộ luật Lao động năm 2019; Nghị định số 46/2013/NĐ-CP ngày 10/5/2013 của Chính phủ quy định chi tiết thi hành một số điều của Bộ luật Lao động", "title", "trung-uong/2012/10-2012-qh13"),
    ("… but behind the title the law is today's", KG, "Nghị định số 46/2013/NĐ-CP ngày 10/5/2013 của Chính phủ về tranh chấp. Theo Bộ luật Lao động, các đơn vị báo cáo", "title", "trung-uong/2019/45-2019-qh14"),
    ("a code that laws and resolutions share, behind the name of the law", KG, "Bộ luật Lao động 2019 (45/2019/QH14)", "context", "trung-uong/2019/45-2019-qh14"),
    ("… alone, where the table of names has it", KG, "theo 45/2019/QH14", "context", "trung-uong/2019/45-2019-qh14"),
    ("… of a law and of a resolution that are both known", KG, "Nghị quyết số 45/2019/QH14; Luật số 45/2019/QH14; theo 45/2019/QH14", "ambiguous", None),
    ("… that nothing else tells of", KG, "theo 999/2019/QH14", "exact", "trung-uong/2019/999-2019-qh14"),
    ("a symbol of a ministry and of departments, in a ministry's letter", "BỘ XÂY DỰNG\nSố: 9/BXD-QLN\nHà Nội, ngày 05 tháng 3 năm 2013\n\n{}", "Tờ trình số 77/TTr-LĐTBXH ngày 29/11/2012", "context", "trung-uong/2012/77-ttr-ldtbxh"),
    ("… and in a province's", KG, "Tờ trình số 77/TTr-LĐTBXH ngày 29/11/2012", "context", "kien-giang/2012/77-ttr-ldtbxh"),
    ("a law that is the only one of its name, and no day", "{}", "theo Luật Trẻ em.", "title", "trung-uong/2016/102-2016-qh13"),
    ("two of one name and year, the day tells", KG.replace("05 tháng 3 năm 2024", "12 tháng 4 năm 2025"), "Luật Tổ chức chính quyền địa phương năm 2025.", "title", "trung-uong/2025/65-2025-qh15"),
    ("… and later it does not", KG.replace("năm 2024", "năm 2026"), "Luật Tổ chức chính quyền địa phương năm 2025.", "ambiguous", None),
    ("a programme of several phases", KG, "các xã thuộc Chương trình 135", "ambiguous", None),
    ("… before the second of them", KG.replace("năm 2024", "năm 2004"), "các xã thuộc Chương trình 135", "nickname", "trung-uong/1998/135-1998-qd-ttg"),
    ("a nickname before there was one", KG.replace("năm 2024", "năm 2020"), "thực hiện Đề án 06 của tỉnh", "unresolved", None),
    ("the capital's place line tells no office", "Số: 8/BC-X\nHà Nội, ngày 05 tháng 3 năm 2024\n\n{}", "Kế hoạch số 5/KH-UBND ngày 01/3/2024", "unresolved", None),
    ("a bare word tells the level", plan("Sông Mẫu", 3, "{}"), "Công văn số 2906/LĐTBXH-KHTC ngày 01/3/2024 của Bộ", "exact", "trung-uong/2024/2906-ldtbxh-khtc"),
    ("… and the other level", plan("Sông Mẫu", 3, "{}"), "Công văn số 2906/LĐTBXH-KHTC ngày 01/3/2024 của Sở", "context", "song-mau/2024/2906-ldtbxh-khtc"),
    ("a nickname", KG, "thực hiện Đề án 06 của tỉnh", "nickname", "trung-uong/2022/06-qd-ttg"),
    ("a programme by its title", KG, "Chương trình Chăm sóc sức khỏe tâm thần trẻ em, chăm sóc trẻ em mồ côi đến năm 2030", "title", "trung-uong/2023/1591-qd-ttg"),
    ("a law of the Council of State by its number", "{}", "Luật số 57-LCT/HĐNN8 ngày 12/8/1991", "exact", "trung-uong/1991/57-lct-hdnn8"),
    ("… and of the President", "{}", "Luật số 44-L/CTN ngày 09/11/1995", "exact", "trung-uong/1995/44-l-ctn"),
    ("a blank number of somebody else", KG, "Báo cáo số      /BC-SYT", "unresolved", None),
    ("an agency that no table knows", "{}", "Công văn số 152/CV-XYZT ngày 06/6/2001", "exact", "khong-ro/2001/152-cv-xyzt"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("template", "text", "resolution", "target"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_resolution(template, text, resolution, target, linked):
    _, links = linked(template.replace("{}", text), rows=REGISTER)
    assert (links[0][-1].resolution, links[0][-1].target_id) == (resolution, target)
    assert links[0][-1].reason


def test_ordinances_with_and_without_their_token_are_one(linked):
    text = (
        "Pháp lệnh số 04/2012/PL-UBTVQH13 ngày 16/7/2012; Pháp lệnh số 04/2012/UBTVQH13; Nghị quyết số 04/2012/UBTVQH13"
    )
    _, links = linked(KG.replace("{}", text))
    first, second, resolution = (one.target_id for one in links[0][-3:])
    assert first == second != resolution


def test_a_text_that_says_its_own_number_again_is_no_other_document(linked):
    text = "BỘ TÀI CHÍNH\nSố: 118-TT/LB\nHà Nội, ngày 14 tháng 6 năm 1995\n\nTHÔNG TƯ\nSỐ 118-TT/LB NGÀY 14-6-1995 HƯỚNG DẪN VỀ TRẺ EM\n\nThông tư số 118-TT/LB ngày 15/6/1995."
    _, links = linked(text)
    own, again, other = (one.target_id for one in links[0])
    assert own == again != other


def test_regulations_and_decisions_of_the_party_are_two(linked):
    text = "Quyết định số 22-QĐ/TW ngày 28/7/2021 và Quy định số 22-QĐ/TW ngày 28/7/2021 của Ban Chấp hành Trung ương"
    _, links = linked(KG.replace("{}", text))
    assert len({one.target_id for one in links[0][1:]}) == 2


ROWS = [
    ("UBND phường 5, quận Gò Vấp, Thành phố Hồ Chí Minh", "ho-chi-minh/go-vap/5"),
    ("UBND Quận 1, Thành phố Hồ Chí Minh", "ho-chi-minh/quan-1"),
    ("UBND xã Bình An, huyện Châu Thành, tỉnh Kiên Giang", "kien-giang/chau-thanh/binh-an"),
    ("Bảo hiểm xã hội tỉnh Long An", "long-an"),
]


@pytest.mark.parametrize(("issuer", "place"), ROWS)
def test_offices_of_registers(issuer, place, linked):
    result, _ = linked(rows=(row("5/KH-UBND", "2024-03-01", issuer),))
    assert [document.id for document in result.documents] == [f"{place}/2024/05-kh-ubnd"]


def test_two_departments_that_a_text_gives_one_symbol(linked):
    text = "Báo cáo số 5/BC-SNV ngày 02/02/2024 của Sở Nội vụ; Báo cáo số 5/BC-SNV ngày 02/02/2024 của Sở Ngoại vụ"
    result, links = linked(KG.replace("{}", text))
    assert len({one.target_id for one in links[0][1:]}) == 2
    assert len(result.collisions) == 2


def test_the_only_one_known_of_a_yearly_series_is_not_meant_for_that(linked):
    early = plan("Sông Mẫu", 1, "Kế hoạch số 23/KH-UBND ngày 01/02/2020 của UBND tỉnh").replace("năm 2024", "năm 2020")
    late = plan("Sông Mẫu", 2, "Kế hoạch số 23/KH-UBND của UBND tỉnh")
    _, links = linked(early, late)
    assert (links[1][-1].resolution, len(links[1][-1].candidates)) == ("ambiguous", 1)
    _, links = linked(early.replace("2020", "2023"), late)
    assert (links[1][-1].resolution, links[1][-1].target_id) == ("exact", "song-mau/2023/23-kh-ubnd")


def test_an_ambiguous_reference_lists_its_candidates(linked):
    _, links = linked("Kế hoạch số 47/KH-UBND", rows=REGISTER)
    assert {c.document_id for c in links[0][0].candidates} == {"kien-giang/2024/47-kh-ubnd", "lang-son/2024/47-kh-ubnd"}


def test_of_many_candidates_the_first_are_kept_and_the_number_of_all_is_told(linked):
    rows = tuple(row("1/KH-UBND", f"{year}-01-04", "UBND tỉnh Lạng Sơn") for year in range(1996, 2021))
    _, ((found,),) = linked("Kế hoạch số 1/KH-UBND", rows=rows)
    assert (found.resolution, len(found.candidates)) == ("ambiguous", 20)
    assert found.reason.endswith("Có 25 văn bản như vậy; nêu 20.")
    _, ((found,),) = linked("Kế hoạch số 1/KH-UBND ngày 04/01/1996", rows=rows)
    assert (found.target_id, len(found.candidates)) == ("lang-son/1996/01-kh-ubnd", 20)


def test_what_a_text_introduces_with_its_date_is_meant_later(linked):
    text = KG.replace("{}", "Nghị quyết số 18-NQ/TW ngày 16/6/2022; thực hiện Nghị quyết số 18-NQ/TW.")
    _, links = linked(text, rows=REGISTER)
    assert [one.target_id for one in links[0][1:]] == ["trung-uong/2022/18-nq-tw"] * 2


def test_own_number_and_blank_self_references_are_the_document_itself(linked):
    text = "Số: /BC-LDTBXH\n\nKiên Giang, ngày tháng 7 năm 2024\n\nBÁO CÁO\nKết quả công tác trẻ em\n\n(kèm theo Báo cáo số /BC-LĐTĐXH ngày /7/2024 của Sở Lao động-TB&XH tỉnh Kiên Giang)\n"
    result, links = linked(text)
    own = next(iter(result.own.values()))
    assert [one.target_id for one in links[0]] == [own, own]
    assert own.startswith("kien-giang/2024/chua-co-so/ket-qua-cong-tac-tre-em")
    document = next(d for d in result.documents if d.id == own)
    assert (document.status, document.issued_on, document.code) == ("read", "2024-07", None)


def test_two_dates_of_one_document_are_both_kept(linked):
    first = plan("Kiên Giang", 1, "Kế hoạch số 47/KH-UBND ngày 20/02/2024 của UBND tỉnh")
    second = plan("Kiên Giang", 2, "Kế hoạch số 47/KH-UBND ngày 22/02/2024 của UBND tỉnh")
    result, _ = linked(first, second)
    document = next(d for d in result.documents if d.id == "kien-giang/2024/47-kh-ubnd")
    assert {fact.value for fact in document.facts if fact.field == "date"} == {"2024-02-20", "2024-02-22"}


def test_a_district_that_cites_the_provinces_plan(linked):
    province = plan("Sông Mẫu", 88)
    district = PLAN.replace("TỈNH {place}", "HUYỆN AN MẪU").format(
        line="An Mẫu",
        number=5,
        day="20",
        title="Kế hoạch",
        body="theo Kế hoạch số 88/KH-UBND ngày 05/3/2024 và Kế hoạch số 88/KH-UBND ngày 19/3/2024",
    )
    _, links = linked(province, district)
    assert [one.target_id for one in links[1][1:]] == ["song-mau/2024/88-kh-ubnd", "song-mau/an-mau/2024/88-kh-ubnd"]


@pytest.mark.parametrize(
    ("heading", "line", "title", "expected"),
    [
        ("ỦY BAN NHÂN DÂN\nHUYỆN LẠ", "Lạ", "Kế hoạch", "khong-ro"),
        ("ỦY BAN NHÂN DÂN\nHUYỆN LẠ\nTỈNH SÔNG MẪU", "Lạ", "Kế hoạch", "song-mau/la"),
        ("ỦY BAN NHÂN DÂN\nHUYỆN LẠ", "Lạ", "thực hiện Kế hoạch số 88/KH-UBND của UBND tỉnh Sông Mẫu", "song-mau/la"),
        ("ỦY BAN NHÂN DÂN\nHUYỆN LẠ", "Lạ", "thực hiện Luật Trẻ em, như UBND tỉnh Sông Mẫu", "khong-ro"),
        ("ỦY BAN NHÂN DÂN\nHUYỆN QUẢNG NINH", "Quảng Ninh", "Kế hoạch", "quang-binh/quang-ninh"),
        ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÒA BÌNH", "Hòa Bình", "Kế hoạch", "hoa-binh/hoa-binh"),
        ("TỈNH ỦY SÔNG MẪU\nBAN TUYÊN GIÁO", "Sông Mẫu", "Kế hoạch", "song-mau"),
    ],
)
def test_where_a_text_is_issued(heading, line, title, expected, linked):
    text = PLAN.replace("ỦY BAN NHÂN DÂN TỈNH {place}", heading).format(
        line=line, number=7, day="20", title=title, body="Nội dung."
    )
    result, _ = linked(text)
    assert next(one.id for one in result.documents if one.status == "read").startswith(f"{expected}/2024/")


def test_a_letter_with_only_a_subject_is_a_letter(linked):
    text = "ỦY BAN NHÂN DÂN\nTỈNH SÔNG MẪU\nSố: 88/UBND-VX\nV/v triển khai công tác trẻ em\nSông Mẫu, ngày 20 tháng 3 năm 2024\n\nKính gửi: Các sở."
    result, _ = linked(text)
    assert next(one.type for one in result.documents if one.status == "read") == "cong_van"


def test_an_giang_before_and_after_the_merger(linked):
    before = "Kế hoạch số 10/KH-UBND ngày 05/3/2024 của UBND tỉnh An Giang"
    after = "Kế hoạch số 10/KH-UBND ngày 05/9/2025 của UBND tỉnh An Giang"
    text = plan("Sông Mẫu", 7, f"{before}; {after}")
    late = text.replace("năm 2024\n", "năm 2025\n", 1)
    _, links = linked(late)
    assert links[0][2].target_id == "an-giang-2025/2025/10-kh-ubnd"


DISTRICT = PLAN.replace("TỈNH {place}", "HUYỆN CHÂU THÀNH")


def test_offices_whose_place_nothing_tells_are_not_one(linked):
    """UBND huyện Châu Thành of Bến Tre and of Long An both have a plan 5."""
    facts = {"number": 5, "line": "Châu Thành", "body": "Nội dung."}
    one = DISTRICT.format(day="05", title="Kế hoạch phòng, chống đuối nước", **facts)
    other = DISTRICT.format(day="09", title="Kế hoạch tiêm chủng", **facts)
    result, _ = linked(one, one + "\n", other)
    assert sorted(set(result.own.values())) == ["khong-ro/2024/05-kh-ubnd", "khong-ro/2024/05-kh-ubnd-2"]
    assert {document.agency_id for document in result.documents} == {None}
    assert {document.place for document in result.documents} == {None}
    assert not [agency for agency in result.agencies if agency.place is None]


@pytest.mark.parametrize(
    ("issuer", "known"),
    [("Đảng ủy Sở Y tế", False), ("Đảng ủy UBND xã", False), ("Đảng ủy xã", True), ("Đảng ủy", True)],
)
def test_the_party_committee_of_an_organ_is_not_that_of_the_commune(issuer, known, rules):
    office = AgencyFinder(rules).find(issuer, None, Context(place="song-mau/an-mau/tan-mau", level="commune"))
    assert office.is_known == known


def test_files_without_a_number_are_documents_of_their_own(linked):
    report = (
        "Số:      /BC-SYT\n\nKiên Giang, ngày     tháng {} năm 2024\n\nBÁO CÁO\nKết quả công tác trẻ em\n\nNội dung.\n"
    )
    result, _ = linked(report.format(7), report.format(8))
    assert len(set(result.own.values())) == 2
    assert len(result.documents) == 2


def test_a_city_and_its_province_are_two_offices(linked):
    province = plan("Hòa Bình", 12)
    city = PLAN.replace("TỈNH {place}", "THÀNH PHỐ HÒA BÌNH").format(
        line="Hòa Bình", number=12, day="05", title="Kế hoạch", body=""
    )
    result, _ = linked(province, city)
    assert sorted(result.own.values()) == ["hoa-binh/2024/12-kh-ubnd", "hoa-binh/hoa-binh/2024/12-kh-ubnd"]


@pytest.mark.parametrize("blanks", range(12))
def test_what_one_text_says_does_not_hang_on_which_is_read_first(blanks, linked):
    """Contents decide the order of reading, so trailing blanks must change nothing."""
    body = "Kế hoạch số 88/KH-UBND ngày 20/6/2024"
    province = plan("Sông Mẫu", 3, body) + " " * blanks
    district = PLAN.replace("TỈNH {place}", "HUYỆN AN MẪU").format(
        line="An Mẫu", number=5, day="20", title="Kế hoạch", body=body
    )
    result, links = linked(province, district)
    assert links[0][1].target_id == "song-mau/2024/88-kh-ubnd"
    assert links[1][1].target_id == "song-mau/an-mau/2024/88-kh-ubnd"
    assert {d.id for d in result.documents if d.status == "cited"} == {one[1].target_id for one in links}


def test_order_does_not_matter(rules, reading):
    texts = [
        plan("Kiên Giang", n, f"Kế hoạch số {n + 1}/KH-UBND ngày 05/3/2024 về thực hiện Chỉ thị số 28-CT/TW")
        for n in range(6)
    ]
    readings = [reading(text, f"{i}.txt") for i, text in enumerate(texts)]
    first = link(readings, rules)
    for seed in range(3):
        random.Random(seed).shuffle(readings)
        again = link(readings, rules)
        assert (again.documents, again.links, again.relations) == (first.documents, first.links, first.relations)
        assert [d.facts for d in again.documents] == [d.facts for d in first.documents]


def test_relations_of_registers_point_to_one_document(linked):
    rows = (
        *REGISTER,
        RegisterRow(
            start=0,
            end=0,
            code="32/KH-UBND",
            date="2024-01-30",
            issuer="UBND tỉnh Lạng Sơn",
            relations="implements 28-CT/TW; cites 18-NQ/TW; cites 18-NQ/TW@2022-06-16",
        ),
    )
    result, _ = linked(rows=rows)
    edges = {(r.from_id, r.type, r.to_id) for r in result.relations}
    assert edges == {
        ("lang-son/2024/32-kh-ubnd", "implements", "trung-uong/2023/28-ct-tw"),
        ("lang-son/2024/32-kh-ubnd", "cites", "trung-uong/2022/18-nq-tw"),
    }  # fmt: skip


def test_what_may_be_meant_is_a_document_too(linked):
    result, ((found,),) = linked("Căn cứ Luật Đất đai")
    assert found.resolution == "ambiguous"
    assert len(found.candidates) > 1
    assert {candidate.document_id for candidate in found.candidates} < {document.id for document in result.documents}


HEADED = "{committee}\nSố: {number}\nHà Nội, ngày 18 tháng 10 năm 2019\n\nHƯỚNG DẪN\nvề đại hội đảng bộ các cấp\n\nThực hiện Chỉ thị số 35-CT/TW ngày 30/5/2019:\n"


@pytest.mark.parametrize(
    ("committee", "number", "agency"),
    [
        ("BAN CHẤP HÀNH TRUNG ƯƠNG", "26-HD/TW", "trung-uong/ban-chap-hanh-trung-uong"),
        ("BAN CHẤP HÀNH TRUNG ƯƠNG\nBAN TỔ CHỨC", "26-HD/BTCTW", "trung-uong/ban-to-chuc-trung-uong"),
        ("BAN CHẤP HÀNH TRUNG ƯƠNG", "26-HD/UBKTTW", "trung-uong/uy-ban-kiem-tra-trung-uong"),
        ("BAN CHẤP HÀNH TRUNG ƯƠNG     ĐOÀN TNCS HỒ CHÍ MINH", "26-HD/TWĐTN", "trung-uong/trung-uong-doan"),
        (
            "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM\nBAN CHẤP HÀNH TRUNG ƯƠNG",
            "26/HD-ĐCT",
            "trung-uong/hoi-lien-hiep-phu-nu-viet-nam",
        ),
        ("BỘ NỘI VỤ", "26/HD-BTCTW", "trung-uong/bo-noi-vu"),
    ],
)
def test_what_an_organ_of_a_committee_issues_is_told_by_its_symbol(committee, number, agency, linked):
    found, _ = linked(HEADED.format(committee=committee, number=number))
    assert next(one for one in found.documents if one.status == "read").agency_id == agency


def test_a_branch_without_its_name_is_not_the_union(linked):
    text = HEADED.format(committee="ĐOÀN TNCS HỒ CHÍ MINH\nBCH TỈNH GIA LAI", number="27-HD/TĐTN-BTG")
    found, _ = linked(text.replace("Hà Nội", "Gia Lai"))
    own = next(one for one in found.documents if one.status == "read")
    assert (own.agency_id, own.place) == (None, "Gia Lai")


COMMUNE = "ỦY BAN NHÂN DÂN\n{unit}\nSố: 33/KH-UBND\n{place}, ngày {day}\n\nKẾ HOẠCH\nVề trẻ em\n\n{body}\n"


@pytest.mark.parametrize(
    ("unit", "place", "day", "found"),
    [
        ("XÃ GÒ QUAO", "Gò Quao", "25 tháng 8 năm 2025", "an-giang-2025/xa-go-quao/2025/33-kh-ubnd"),
        ("ĐẶC KHU PHÚ QUỐC", "Phú Quốc", "25 tháng 8 năm 2025", "an-giang-2025/dac-khu-phu-quoc/2025/33-kh-ubnd"),
        ("HUYỆN GIO LINH", "Gio Linh", "25 tháng 8 năm 2024", "quang-tri/gio-linh/2024/33-kh-ubnd"),
        ("QUẬN 10", "Quận 10", "25 tháng 8 năm 2024", "ho-chi-minh/quan-10/2024/33-kh-ubnd"),
        ("XÃ TÂN HỘI", "Tân Hội", "25 tháng 8 năm 2025", "khong-ro/2025/33-kh-ubnd"),
        ("XÃ GÒ QUAO", "Gò Quao", "25 tháng 8 năm 2024", "khong-ro/2024/33-kh-ubnd"),
    ],
)
def test_the_province_of_a_unit_is_known_by_its_name_where_only_one_has_it(linked, unit, place, day, found):
    result, _ = linked(COMMUNE.format(unit=unit, place=place, day=day, body="UBND ban hành kế hoạch."))
    assert list(result.own.values()) == [found]


def test_a_unit_that_the_own_province_has_not_is_that_of_the_only_other(linked):
    body = (
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 05/8/2025 của UBND xã Gò Quao, Kế hoạch số 13/KH-UBND ngày 05/8/2025 của UBND xã Ba Tơ"
        " và Kế hoạch số 14/KH-UBND ngày 05/3/2025 của UBND huyện Giồng Riềng."
    )
    _, links = linked(COMMUNE.format(unit="XÃ GIỒNG RIỀNG", place="Giồng Riềng", day="25 tháng 8 năm 2025", body=body))
    targets = [one.target_id for one in links[0][1:]]
    assert targets == [
        "an-giang-2025/xa-go-quao/2025/12-kh-ubnd",
        "quang-ngai-2025/xa-ba-to/2025/13-kh-ubnd",
        "kien-giang/giong-rieng/2025/14-kh-ubnd",
    ]


def test_the_youth_union_of_a_commune_is_none_of_the_centre(linked):
    head = "ĐOÀN TNCS HỒ CHÍ MINH\nBCH XÃ GÒ QUAO\n***\nSố: 4-KH/XĐTN\nGò Quao, ngày 15 tháng 9 năm 2025\n\nKẾ HOẠCH\nVề trẻ em\n"
    result, _ = linked(head)
    assert list(result.own.values()) == ["khong-ro/2025/04-kh-xdtn"]


def test_a_commune_without_a_district_cites_its_own_bodies_by_their_level(linked):
    committee = "ĐẢNG BỘ TỈNH AN GIANG\nĐẢNG ỦY XÃ GÒ QUAO\n*\nSố 12-KH/ĐU\nGò Quao, ngày 20 tháng 8 năm 2025\n\nKẾ HOẠCH\nvề trẻ em\n\nNội dung.\n"
    plan_of_council = COMMUNE.format(
        unit="XÃ GÒ QUAO",
        place="Gò Quao",
        day="25 tháng 8 năm 2025",
        body="Thực hiện Kế hoạch số 12-KH/ĐU ngày 20/8/2025 của Đảng ủy xã; UBND xã báo cáo theo Kế hoạch số 33/KH-UBND ngày 25/8/2025 của UBND xã.",
    )
    _, links = linked(committee, plan_of_council)
    assert [one.target_id for one in links[1][1:]] == [
        "an-giang-2025/xa-go-quao/2025/12-kh-du",
        "an-giang-2025/xa-go-quao/2025/33-kh-ubnd",
    ]
