"""Who acts on whom: the reading rules of reference §5.3, one line each."""

import pytest

from kgdocs.extract.quotations import quotations
from kgdocs.pipeline.extracting import PRINTED_RELATIONS, rows
from kgdocs.read import read_layout

REPORT = "BÁO CÁO\nKết quả công tác\n\n{}\n\nI. KẾT QUẢ\n\n1. {}\n"
CASES = [
    ("the first-named document is the source", "", "Kế hoạch số 211-KH/TU ngày 25/4/2024 của Ban Thường vụ Tỉnh ủy về thực hiện Chỉ thị số 28-CT/TW",
     {("implements", "asserted", "211-KH/TU", "28-CT/TW")}),
    ("a report's opening line is its own", "Thực hiện Kế hoạch số 56/KH-UBND ngày 05/3/2024, Sở báo cáo như sau:", "",
     {("implements", "asserted", None, "56/KH-UBND"), ("reports_on", "asserted", None, "56/KH-UBND")}),
    ("the letter that asks for a report is not reported on", "Thực hiện Công văn số 1733-CV/BTCTU ngày 18/9/2023, Sở báo cáo như sau:", "",
     {("implements", "asserted", None, "1733-CV/BTCTU")}),
    ("what was done in the past is no purpose", "Thời gian qua, các ngành đã tích cực triển khai Luật Trẻ em:", "", set()),
    ("a bracket does not end the list", "Thực hiện Chỉ thị số 32-CT/TW (sau đây viết tắt là Chỉ thị 32) và Hướng dẫn số 146-HD/BTGTW, Sở báo cáo:", "",
     {("implements", "asserted", None, "32-CT/TW"), ("implements", "asserted", None, "146-HD/BTGTW"), ("reports_on", "asserted", None, "32-CT/TW")}),
    ("a sentence that has ended goes on with no list", "Thực hiện Kế hoạch số 56/KH-UBND. Kế hoạch số 57/KH-UBND nêu rõ:", "",
     {("implements", "asserted", None, "56/KH-UBND"), ("reports_on", "asserted", None, "56/KH-UBND")}),
    ("a căn cứ inside the opening sentence", "Thực hiện Kế hoạch số 12/KH-UBND; căn cứ Nghị quyết số 74/NQ-HĐND, Sở báo cáo:", "",
     {("implements", "asserted", None, "12/KH-UBND"), ("reports_on", "asserted", None, "12/KH-UBND"), ("based_on", "asserted", None, "74/NQ-HĐND")}),
    ("thực hiện chính sách theo nghị định is no implementing", "", "Thực hiện các chính sách trợ giúp xã hội theo Nghị định 20/2021/NĐ-CP", set()),
    ("a decree details a law", "", "Nghị định 56/2017/NĐ-CP ngày 09/5/2017, quy định chi tiết một số điều của Luật Trẻ em",
     {("details", "asserted", "56/2017/NĐ-CP", "Luật Trẻ em")}),
    ("what is to be drafted is planned", "", "Tham mưu trình UBND tỉnh Kế hoạch triển khai thực hiện Kế hoạch số 211-KH/TU ngày 25/4/2024 của Ban Thường vụ Tỉnh ủy Kiên Giang, về việc thực hiện Chỉ thị số 28-CT/TW",
     {("implements", "planned", "Kế hoạch", "211-KH/TU"), ("implements", "asserted", "211-KH/TU", "28-CT/TW")}),
    ("what is not yet there is negated", "", "xã chưa ban hành Kế hoạch thực hiện Kế hoạch số 31/KH-UBND",
     {("implements", "negated", "Kế hoạch", "31/KH-UBND")}),
    ("the draft implements, the letter comments", "", "Công văn số 496/UBND-KGVX ngày 18/3/2024 của UBND tỉnh, về việc góp ý dự thảo Quyết định của Thủ tướng Chính phủ ban hành kế hoạch thực hiện Chỉ thị số 28-CT/TW",
     {("comments_on", "asserted", "496/UBND-KGVX", "dự thảo Quyết định"), ("implements", "planned", "dự thảo Quyết định", "28-CT/TW")}),
    ("the amending act is the source, whoever says so", "", "Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 được sửa đổi, bổ sung bởi Nghị định số 92/2017/NĐ-CP",
     {("amends", "asserted", "92/2017/NĐ-CP", "63/2010/NĐ-CP")}),
    ("a semicolon ends what a cue reaches", "", "Kế hoạch số 211-KH/TU; thực hiện Chỉ thị số 28-CT/TW", set()),
    ("what will be issued is planned", "", "UBND huyện sẽ ban hành Kế hoạch thực hiện Kế hoạch số 31/KH-UBND",
     {("implements", "planned", "Kế hoạch", "31/KH-UBND")}),
    ("what is not carried out is no implementing", "Sở chưa thực hiện Kế hoạch số 31/KH-UBND.", "", set()),
    ("an activity of the report is no implementing document", "", "Đẩy mạnh quán triệt, tuyên truyền, triển khai thực hiện tốt Chỉ thị số 28-CT/TW và Luật Trẻ em",
     {("disseminates", "asserted", None, "28-CT/TW"), ("disseminates", "asserted", None, "Luật Trẻ em")}),
    ("a new subject ends what a cue reaches", "", "Kế hoạch số 211-KH/TU nêu rõ, Sở Y tế thực hiện Chỉ thị số 28-CT/TW", set()),
    ("the end of a sentence ends what a cue reaches", "", "Ban hành Kế hoạch số 211-KH/TU. Thực hiện Chỉ thị số 28-CT/TW", set()),
    ("a semicolon ends a list of others", "", "Kế hoạch số 211-KH/TU về thực hiện Chỉ thị số 28-CT/TW; Luật Trẻ em",
     {("implements", "asserted", "211-KH/TU", "28-CT/TW")}),
    ("coordination distributes for others too", "", "Kế hoạch số 211-KH/TU về việc thực hiện Chỉ thị số 28-CT/TW, Luật Trẻ em và Quyết định số 12/QĐ-TTg",
     {("implements", "asserted", "211-KH/TU", target) for target in ("28-CT/TW", "Luật Trẻ em", "12/QĐ-TTg")}),
    ("a programme is a target by its name", "", "Kế hoạch số 47/KH-UBND ngày 20/02/2024 thực hiện Chương trình Chăm sóc sức khỏe tâm thần trẻ em, chăm sóc trẻ em mồ côi do ảnh hưởng dịch bệnh COVID-19",
     {("implements", "asserted", "47/KH-UBND", "Chương trình Chăm sóc sức khỏe tâm thần trẻ em, chăm sóc trẻ em mồ côi")}),
    ("what replaces is the source, whoever says so", "", "Quyết định số 15/2015/QĐ-UBND được thay thế bởi Quyết định số 12/2020/QĐ-UBND",
     {("replaces", "asserted", "12/2020/QĐ-UBND", "15/2015/QĐ-UBND")}),
    ("a replaced document inside a title is not told apart", "", "Nghị định số 15/2016/NĐ-CP sửa đổi Nghị định số 15/2015/NĐ-CP được thay thế bởi Nghị định số 12/2020/NĐ-CP",
     {("amends", "asserted", "15/2016/NĐ-CP", "15/2015/NĐ-CP")}),
    ("what loses effect as another takes effect is repealed by that", "", "Thông tư số 19/2010/TT-BYT hết hiệu lực kể từ ngày Thông tư số 14/2018/TT-BYT có hiệu lực",
     {("repeals", "asserted", "14/2018/TT-BYT", "19/2010/TT-BYT")}),
    ("what has lost effect for no reason that is told", "", "Thông tư số 19/2010/TT-BYT đã hết hiệu lực", set()),
    ("a list goes on behind the title that ends with the law", "", "Nghị định số 34/2016/NĐ-CP ngày 14/5/2016 của Chính phủ quy định chi tiết một số điều của Luật Trẻ em và Nghị định số 59/2024/NĐ-CP ngày 25/5/2024 của Chính phủ",
     {("details", "asserted", "34/2016/NĐ-CP", "Luật Trẻ em")}),
    ("no title names what is later than its document", "Thực hiện Nghị định số 154/2020/NĐ-CP ngày 31/12/2020 của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 34/2016/NĐ-CP ngày 14/5/2016 của Chính phủ quy định chi tiết một số điều của Luật Trẻ em và Nghị định số 59/2024/NĐ-CP ngày 25/5/2024 của Chính phủ, Sở báo cáo:", "",
     {("implements", "asserted", None, "154/2020/NĐ-CP"), ("implements", "asserted", None, "59/2024/NĐ-CP"),
      ("reports_on", "asserted", None, "154/2020/NĐ-CP"), ("reports_on", "asserted", None, "59/2024/NĐ-CP"),
      ("amends", "asserted", "154/2020/NĐ-CP", "34/2016/NĐ-CP"), ("details", "asserted", "34/2016/NĐ-CP", "Luật Trẻ em")}),
    ("a lower document replaces no higher one", "", "Nghị định số 15/2015/NĐ-CP được thay thế bởi Thông tư số 12/2020/TT-BYT", set()),
    ("who sums up is the source", "", "Báo cáo số 31/BC-UBND ngày 05/6/2024 tổng kết 10 năm thực hiện Chỉ thị số 20-CT/TW",
     {("reviews", "asserted", "31/BC-UBND", "20-CT/TW")}),
    ("who inspects is the source", "", "Kế hoạch số 19/KH-UBND về kiểm tra việc thực hiện Nghị định số 20/2021/NĐ-CP",
     {("inspects", "asserted", "19/KH-UBND", "20/2021/NĐ-CP")}),
    ("a căn cứ inside a report's body is no basis", "", "Ban thẩm tra căn cứ Luật Đầu tư công", set()),
    ("coordination distributes", "Thực hiện Chỉ thị số 28-CT/TW, Kế hoạch số 211-KH/TU và Kế hoạch số 47/KH-UBND, Sở ban hành:", "",
     {("implements", "asserted", None, code) for code in ("28-CT/TW", "211-KH/TU", "47/KH-UBND")}
     | {("reports_on", "asserted", None, code) for code in ("28-CT/TW", "211-KH/TU", "47/KH-UBND")}),
]  # fmt: skip

ACT = "QUYẾT ĐỊNH\nVề việc công tác\n\nCăn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;\n{}\n\nQUYẾT ĐỊNH:\n\nĐiều 1. {}\n"
OWN = [
    ("a second căn cứ behind a title", "Căn cứ Nghị định số 67/2007/NĐ-CP ngày 13/4/2007 của Chính phủ về chính sách trợ giúp và Nghị định số 13/2010/NĐ-CP ngày 27/02/2010;", "",
     {("based_on", "67/2007/NĐ-CP"), ("based_on", "13/2010/NĐ-CP")}),
    ("a title's own document is no second căn cứ", "Căn cứ Nghị định số 17/2006/NĐ-CP về sửa đổi các Nghị định hướng dẫn thi hành Luật Đất đai và Nghị định số 187/2004/NĐ-CP;", "",
     {("based_on", "17/2006/NĐ-CP")}),
    ("what amended a căn cứ is one too", "Căn cứ Nghị định số 68/2008/NĐ-CP quy định điều kiện thành lập, được sửa đổi tại Nghị định số 81/2012/NĐ-CP ngày 08/10/2012;", "",
     {("based_on", "68/2008/NĐ-CP"), ("based_on", "81/2012/NĐ-CP")}),
    ("a bracket does not end a căn cứ", "Căn cứ Luật Viên chức 2010, Luật Doanh nghiệp 2020 (đối với công ty), Luật Kế toán 2015;", "",
     {("based_on", "Luật Viên chức"), ("based_on", "Luật Doanh nghiệp"), ("based_on", "Luật Kế toán")}),
    ("an opinion beside a proposal", "Theo đề nghị của Sở Y tế tại Tờ trình số 166/TTr-SYT và ý kiến của Sở Nội vụ tại Văn bản số 1215/SNV-TCCC.", "",
     {("based_on", "166/TTr-SYT"), ("based_on", "1215/SNV-TCCC")}),
    ("a thực hiện line between căn cứ", "\nThực hiện Nghị quyết số 08-NQ/TU ngày 25/11/2021;\n\nTheo đề nghị của Sở Y tế tại Tờ trình số 166/TTr-SYT.", "",
     {("implements", "08-NQ/TU"), ("based_on", "166/TTr-SYT")}),
    ("items of a list of repeals", "", "Bãi bỏ các văn bản sau:\n- Quyết định số 10/2010/QĐ-UBND về phí;\n- Quyết định số 11/2010/QĐ-UBND, Quyết định số 12/2010/QĐ-UBND.\n\nĐiều 2. Áp dụng các văn bản sau:\n- Nghị định số 34/2016/NĐ-CP.",
     {("repeals", "10/2010/QĐ-UBND"), ("repeals", "11/2010/QĐ-UBND"), ("repeals", "12/2010/QĐ-UBND")}),
    ("a part of what was issued with a decision", "", "Bãi bỏ khoản 2 Điều 9 và Phụ lục III Quy định ban hành kèm theo Quyết định số 22/2018/QĐ-UBND.", {("repeals", "22/2018/QĐ-UBND")}),
    ("what loses effect by this decision", "", "Quyết định số 20/2011/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.", {("repeals", "20/2011/QĐ-UBND")}),
    ("what amended a document does not lose effect with it", "", "Quyết định số 20/2011/QĐ-UBND ngày 03/3/2011 đã được sửa đổi, bổ sung một số điều theo Quyết định số 21/2013/QĐ-UBND, Quyết định số 22/2015/QĐ-UBND và Quyết định số 23/2017/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.",
     {("repeals", "20/2011/QĐ-UBND")}),
    ("nor where it stands in a bracket", "", "Quyết định số 20/2011/QĐ-UBND (được sửa đổi bởi Quyết định số 21/2013/QĐ-UBND) hết hiệu lực kể từ ngày Quyết định này có hiệu lực.",
     {("repeals", "20/2011/QĐ-UBND")}),
    ("what amends is a subject where it is named as one", "", "Quyết định số 20/2011/QĐ-UBND ngày 03/3/2011 và Quyết định số 21/2013/QĐ-UBND ngày 04/4/2013 sửa đổi, bổ sung Quyết định số 20/2011/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.",
     {("repeals", "20/2011/QĐ-UBND"), ("repeals", "21/2013/QĐ-UBND")}),
    ("a list of repeals goes on behind a bracket", "", "Bãi bỏ Quyết định số 20/2011/QĐ-UBND (được sửa đổi bởi Quyết định số 21/2013/QĐ-UBND) và Quyết định số 24/2012/QĐ-UBND.",
     {("repeals", "20/2011/QĐ-UBND"), ("repeals", "24/2012/QĐ-UBND")}),
    ("a title stands before what is said of a document", "", "Quyết định số 20/2011/QĐ-UBND ngày 03/3/2011 của Ủy ban nhân dân tỉnh về thu phí qua phà hết hiệu lực kể từ ngày Quyết định này có hiệu lực.",
     {("repeals", "20/2011/QĐ-UBND")}),
    ("the day of effect stands first", "", "Kể từ ngày Quyết định này có hiệu lực thi hành, Quyết định số 20/2011/QĐ-UBND và Quyết định số 24/2012/QĐ-UBND hết hiệu lực.",
     {("repeals", "20/2011/QĐ-UBND"), ("repeals", "24/2012/QĐ-UBND")}),
    ("its own effect and that of another", "", "Quyết định này có hiệu lực kể từ ngày ký và Quyết định số 20/2011/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.",
     {("repeals", "20/2011/QĐ-UBND")}),
    ("what is repealed is the subject", "", "Quyết định số 20/2011/QĐ-UBND bị bãi bỏ kể từ ngày Quyết định này có hiệu lực.", {("repeals", "20/2011/QĐ-UBND")}),
    ("what is not repealed", "", "Quyết định số 20/2011/QĐ-UBND không bị bãi bỏ kể từ ngày Quyết định này có hiệu lực.", set()),
    ("a case that is supposed", "", "Trường hợp Quyết định số 20/2011/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực thì áp dụng quy định mới.", set()),
    ("what a document says loses effect, not the document", "", "Các quy định trước đây trái với Quyết định số 20/2011/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.", set()),
    ("who says so is no subject", "", "Theo Quyết định số 20/2011/QĐ-UBND, Quyết định số 24/2012/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.", set()),
    ("what is replaced is the subject", "", "Quyết định số 20/2011/QĐ-UBND ngày 03/3/2011 được thay thế bởi Quyết định này.", {("replaces", "20/2011/QĐ-UBND")}),
    ("a rate in it is replaced, not all of it", "", "Mức thu tại Quyết định số 20/2011/QĐ-UBND được thay thế bởi Quyết định này.", set()),
    ("a decision's effect is ended", "", "Chấm dứt hiệu lực Quyết định số 20/2011/QĐ-UBND kể từ ngày 01/12/2025.", {("repeals", "20/2011/QĐ-UBND")}),
    ("an end of effect on a day", "", "Hiệu lực thi hành\n1. Quyết định số 20/2011/QĐ-UBND hết hiệu lực từ ngày 01 tháng 01 năm 2026.", {("repeals", "20/2011/QĐ-UBND")}),
    ("a law's end of effect is not this decision's doing", "", "Hiệu lực thi hành\n1. Nghị định số 34/2016/NĐ-CP hết hiệu lực từ ngày 01 tháng 01 năm 2026.", set()),
    ("those that lose effect follow a colon", "", "Các Quyết định sau đây hết hiệu lực kể từ ngày Quyết định này có hiệu lực: Quyết định số 20/2011/QĐ-UBND; Quyết định số 24/2012/QĐ-UBND.",
     {("repeals", "20/2011/QĐ-UBND"), ("repeals", "24/2012/QĐ-UBND")}),
    ("those that lose effect are items", "", "Hiệu lực thi hành\n1. Các văn bản sau đây hết hiệu lực kể từ ngày Quyết định này có hiệu lực:\na) Quyết định số 20/2011/QĐ-UBND về phí;\nb) Quyết định số 24/2012/QĐ-UBND.\n2. Quyết định số 25/2012/QĐ-UBND tiếp tục được áp dụng.",
     {("repeals", "20/2011/QĐ-UBND"), ("repeals", "24/2012/QĐ-UBND")}),
    ("one label for several numbers", "", "Bãi bỏ các Quyết định: số 20/2011/QĐ-UBND ngày 03/3/2011; số 24/2012/QĐ-UBND ngày 04/4/2012.",
     {("repeals", "20/2011/QĐ-UBND"), ("repeals", "24/2012/QĐ-UBND")}),
    ("several in one line behind a colon", "", "Bãi bỏ các văn bản sau: Quyết định số 20/2011/QĐ-UBND; Quyết định số 24/2012/QĐ-UBND.",
     {("repeals", "20/2011/QĐ-UBND"), ("repeals", "24/2012/QĐ-UBND")}),
    ("one label for several replaced", "", "Quyết định này thay thế các Quyết định sau đây của Ủy ban nhân dân tỉnh: số 20/2011/QĐ-UBND ngày 03/3/2011; số 24/2012/QĐ-UBND.",
     {("replaces", "20/2011/QĐ-UBND"), ("replaces", "24/2012/QĐ-UBND")}),
    ("one label in an item", "", "Bãi bỏ toàn bộ các văn bản sau đây:\n1. Các Quyết định: số 20/2011/QĐ-UBND ngày 03/3/2011; số 24/2012/QĐ-UBND.\n2. Quyết định số 25/2012/QĐ-UBND.",
     {("repeals", f"{code}/QĐ-UBND") for code in ("20/2011", "24/2012", "25/2012")}),
    ("items behind the cue alone", "", "Bãi bỏ:\na) Quyết định số 20/2011/QĐ-UBND;\nb) Điều 2 Quyết định số 24/2012/QĐ-UBND.",
     {("repeals", "20/2011/QĐ-UBND"), ("repeals", "24/2012/QĐ-UBND")}),
    ("another's list of repeals", "", "UBND tỉnh đã ban hành Quyết định số 19/2011/QĐ-UBND bãi bỏ các Quyết định: số 20/2011/QĐ-UBND, số 24/2012/QĐ-UBND.", set()),
    ("a list of repeals that is asked for", "", "Sở Tư pháp đề xuất bãi bỏ các Quyết định: số 20/2011/QĐ-UBND, số 24/2012/QĐ-UBND.", set()),
    ("the next item of an article is no member", "", "Hiệu lực thi hành\n1. Bãi bỏ Quyết định số 20/2011/QĐ-UBND.\n2. Quyết định số 24/2012/QĐ-UBND tiếp tục có hiệu lực.",
     {("repeals", "20/2011/QĐ-UBND")}),
    ("an article that adjusts", "", "Điều chỉnh, bổ sung Điều 1 Quyết định số 20/QĐ-UBND ngày 03/3/2021 như sau: \"Tổng mức đầu tư 12 tỷ đồng\".", {("amends", "20/QĐ-UBND")}),
    ("contents that are adjusted", "", "Điều chỉnh một số nội dung của Quyết định số 20/QĐ-UBND ngày 03/3/2021 như sau:", {("amends", "20/QĐ-UBND")}),
    ("what is adjusted by a decision is not the decision", "", "Điều chỉnh dự toán theo Quyết định số 20/QĐ-UBND ngày 03/3/2021.", set()),
    ("a scope is no adjusting", "", "Phạm vi điều chỉnh Quyết định số 20/QĐ-UBND.", set()),
    ("a task to adjust", "", "Nhiệm vụ\n- Sở Xây dựng rà soát, điều chỉnh Quyết định số 20/QĐ-UBND.\n- Điều chỉnh Quyết định số 21/QĐ-UBND trong quý I.", set()),
    ("another decision that adjusts", "", "Áp dụng Quyết định số 21/QĐ-UBND ngày 05/5/2022 về việc điều chỉnh Quyết định số 20/QĐ-UBND.", set()),
    ("an annex that is replaced amends", "", "Thay thế Phụ lục I ban hành kèm theo Quyết định số 20/2011/QĐ-UBND bằng Phụ lục I ban hành kèm theo Quyết định này.", {("amends", "20/2011/QĐ-UBND")}),
    ("a decision is replaced in a sentence of its own", "", "Quyết định này có hiệu lực kể từ ngày ký. Thay thế Quyết định số 20/2011/QĐ-UBND ngày 03/3/2011.", {("replaces", "20/2011/QĐ-UBND")}),
    ("a replacing that is planned", "", "Quyết định số 20/2011/QĐ-UBND sẽ thay thế Quyết định số 19/2010/QĐ-UBND. Sở Tài chính tham mưu thay thế Quyết định số 18/2010/QĐ-UBND.", set()),
    ("words that are repealed", "", "Bãi bỏ cụm từ “thị trấn” tại khoản 1 Điều 2 Quyết định số 20/2011/QĐ-UBND.", {("amends", "20/2011/QĐ-UBND")}),
    ("words and other words", "", "Bãi bỏ cụm từ “thị trấn”, thay thế cụm từ “xã” bằng “phường” tại khoản 1 Điều 2 Quyết định số 20/2011/QĐ-UBND.", {("amends", "20/2011/QĐ-UBND")}),
    ("words in a list of what is repealed in part", "", "Bãi bỏ một phần các văn bản sau:\n1. Bãi bỏ cụm từ “thị trấn” tại Điều 3 Quyết định số 20/2011/QĐ-UBND.", {("repeals", "20/2011/QĐ-UBND")}),
    ("words that somebody asks to repeal", "", "Sở Tư pháp đề nghị bãi bỏ cụm từ “thị trấn” tại Điều 3 Quyết định số 20/2011/QĐ-UBND.", set()),
    ("words that lost their marks in print", "", "Quyêt định này có hiệu lực kể từ ngày ký và thay thê Quyết định số 20/2011/QĐ-UBND.", {("replaces", "20/2011/QĐ-UBND")}),
    ("what a text quotes is done by another", "", "Nội dung\n[1] Điều 2 của Quyết định số 30/2015/QĐ-UBND quy định như sau:\n“Điều 2. Hiệu lực\n1. Bãi bỏ Quyết định số 20/2011/QĐ-UBND.\n2. Sửa đổi Điều 3 Quyết định số 21/2011/QĐ-UBND.”.", set()),
    ("an act goes on behind what it quotes", "", "Sửa đổi Điều 3 Quyết định số 20/2011/QĐ-UBND như sau:\n“Điều 3. Bãi bỏ Quyết định số 21/2011/QĐ-UBND.”\n2. Bãi bỏ Quyết định số 22/2011/QĐ-UBND.",
     {("amends", "20/2011/QĐ-UBND"), ("repeals", "22/2011/QĐ-UBND")}),
    ("items within the line", "", "Bãi bỏ: a) Quyết định số 20/2011/QĐ-UBND ngày 03/3/2011; b) Mục 3 Chỉ thị số 5/2010/CT-UBND; c) các Quyết định số 24/2012/QĐ-UBND và 25/2012/QĐ-UBND.",
     {("repeals", code) for code in ("20/2011/QĐ-UBND", "05/2010/CT-UBND", "24/2012/QĐ-UBND", "25/2012/QĐ-UBND")}),
    ("items within the line that are tasks", "", "Giao Sở Tư pháp: a) rà soát Quyết định số 20/2011/QĐ-UBND; b) đề nghị bãi bỏ Quyết định số 24/2012/QĐ-UBND.", set()),
    ("numbered rows of a table are what is repealed, the reasons beside them are not", "",
     "Bãi bỏ toàn bộ các văn bản của UBND tỉnh\n| STT | Văn bản | Ngày | Lý do |\n|---|---|---|---|\n| 1 | Quyết định số 20/2011/QĐ-UBND | 03/3/2011 | Đã có Nghị định số 34/2016/NĐ-CP |\n| 2 | QĐ 24/2012/QĐ-UBND | 04/4/2012 | Hết hiệu lực |",
     {("repeals", "20/2011/QĐ-UBND"), ("repeals", "24/2012/QĐ-UBND")}),
    ("numbered rows of another table", "",
     "Giao nhiệm vụ\n| STT | Văn bản | Cơ quan |\n|---|---|---|\n| 1 | Quyết định số 20/2011/QĐ-UBND | Sở Y tế |\n| 2 | Quyết định số 24/2012/QĐ-UBND | Sở Nội vụ |", set()),
    ("one subject for several numbers in an item", "", "Bãi bỏ toàn bộ các văn bản sau đây:\n1. Các quyết định về đơn giá cây trồng: số 20/2011/QĐ-UBND ngày 03/3/2011, số 24/2012/QĐ-UBND, 25/2012/QĐ-UBND.",
     {("repeals", f"{code}/QĐ-UBND") for code in ("20/2011", "24/2012", "25/2012")}),
    ("a heading of repeals in part without more", "", "Bãi bỏ một phần\n1. Bãi bỏ cụm từ “thị trấn” tại Điều 3 Quyết định số 20/2011/QĐ-UBND.\n2. Điều 4 Quyết định số 24/2012/QĐ-UBND.",
     {("repeals", "20/2011/QĐ-UBND"), ("repeals", "24/2012/QĐ-UBND")}),
    ("what amends, adds and repeals does both", "", "Sửa đổi, bổ sung, bãi bỏ một số điều của Quyết định số 20/2011/QĐ-UBND ngày 03/3/2011 như sau:",
     {("amends", "20/2011/QĐ-UBND"), ("repeals", "20/2011/QĐ-UBND")}),
    ("a task to amend, add and repeal", "", "Sở Tư pháp rà soát, đề nghị sửa đổi, bổ sung, bãi bỏ một số điều của Quyết định số 20/2011/QĐ-UBND.", set()),
    ("a replacing behind a semicolon", "", "Quyết định này có hiệu lực kể từ ngày 01/3/2023; thay thế các Quyết định số 20/2011/QĐ-UBND ngày 03/3/2011, 24/2012/QĐ-UBND và số 25/2012/QĐ-UBND.",
     {("replaces", f"{code}/QĐ-UBND") for code in ("20/2011", "24/2012", "25/2012")}),
    ("a replacing behind a semicolon that is a task", "", "Giao Sở Tài chính rà soát; đề xuất thay thế Quyết định số 20/2011/QĐ-UBND.", set()),
    ("a căn cứ by what issued it", "Căn cứ Điều lệ tổ chức và hoạt động của Quỹ ban hành kèm theo Quyết định số 20/2011/QĐ-UBND ngày 03/3/2011;\n", "Giao Sở Nội vụ.", {("based_on", "20/2011/QĐ-UBND")}),
    ("a căn cứ that was amended, without a passive", "Căn cứ Nghị định số 87/CP ngày 17-8-1994 của Chính phủ quy định khung giá đất, đã sửa đổi theo Quyết định số 302/TTg ngày 13-5-1996;\n", "Giao Sở Nội vụ.",
     {("based_on", "87-CP"), ("based_on", "302/TTg")}),
    ("a law in the title of a căn cứ opens no list of what is carried out", "Căn cứ các Nghị định của Chính phủ: số 23/2006/NĐ-CP ngày 03/3/2006 về thi hành Luật Bảo vệ và Phát triển rừng; số 157/2013/NĐ-CP ngày 11/11/2013;\n", "Giao Sở Nội vụ.",
     {("based_on", "23/2006/NĐ-CP"), ("based_on", "157/2013/NĐ-CP")}),
    ("a copy that is issued with it", "", "Nay ban hành kèm theo Quyết định này Bản Quy định về thu tiền sử dụng đất trên địa bàn tỉnh.", {("promulgates", "Bản Quy định về thu tiền sử dụng đất trên địa bàn tỉnh")}),
    ("a decision says that it repeals, and lists", "", "Hiệu lực thi hành\n1. Quyết định này có hiệu lực từ ngày 15/11/2025.\n2. Quyết định này bãi bỏ các Quyết định sau:\n- Quyết định số 20/2011/QĐ-UBND;\n- Quyết định số 24/2012/QĐ-UBND.",
     {("repeals", "20/2011/QĐ-UBND"), ("repeals", "24/2012/QĐ-UBND")}),
    ("what stays in force is listed too", "", "Tiếp tục áp dụng các Quyết định sau đây:\na) Quyết định số 20/2011/QĐ-UBND;\nb) Quyết định số 24/2012/QĐ-UBND.", set()),
    ("one article is amended and another repealed", "", "Sửa đổi, bổ sung khoản 1 Điều 3 và bãi bỏ khoản 2 Điều 4 Quyết định số 20/2011/QĐ-UBND ngày 03/3/2011 như sau:",
     {("amends", "20/2011/QĐ-UBND"), ("repeals", "20/2011/QĐ-UBND")}),
    ("a name is adjusted in an article", "", "Điều chỉnh tên dự án tại Điều 1 Quyết định số 20/QĐ-UBND ngày 03/3/2011 thành “Xây dựng chợ”.", {("amends", "20/QĐ-UBND")}),
    ("an article that is added", "", "Bổ sung Điều 3a vào Quyết định số 20/2011/QĐ-UBND như sau:", {("amends", "20/2011/QĐ-UBND")}),
    ("papers that are added by a decision", "", "Bổ sung hồ sơ theo Quyết định số 20/2011/QĐ-UBND.", set()),
    ("words that are changed", "", "Thay đổi cụm từ “thị trấn” thành “phường” tại Điều 3 Quyết định số 20/2011/QĐ-UBND.", {("amends", "20/2011/QĐ-UBND")}),
    ("words of all its articles", "", "Thay thế cụm từ “thị trấn” bằng cụm từ “phường” tại các điểm, khoản, điều của Quyết định số 20/2011/QĐ-UBND.", {("amends", "20/2011/QĐ-UBND")}),
    ("one is repealed and another amended", "", "Quyết định này bãi bỏ Quyết định số 20/2011/QĐ-UBND; sửa đổi khoản 1 Điều 5 Quyết định số 24/2012/QĐ-UBND.",
     {("repeals", "20/2011/QĐ-UBND"), ("amends", "24/2012/QĐ-UBND")}),
    ("an article that is amended by others", "", "Sở Tài chính rà soát mức chi; sửa đổi khoản 1 Điều 5 Quyết định số 24/2012/QĐ-UBND.", set()),
    ("lists within a list, and a table whose types have a column", "",
     "Bãi bỏ toàn bộ các văn bản sau đây:\n1. Của UBND huyện:\na) Quyết định số 20/2011/QĐ-UBND;\nb) Chỉ thị: số 14/2008/CT-UBND; số 02/2010/CT-UBND.\n2. Của UBND tỉnh, theo danh mục:\n"
     "| TT | Tên loại | Số, ký hiệu | Trích yếu |\n|---|---|---|---|\n| 1 | Quyết định | 27/2017/QĐ-UBND ngày 26/6/2017 | Mức thu theo Nghị định số 35/2015/NĐ-CP |\n| 2 | Quyết định | 66/2018/QĐ-UBND | Sửa đổi Quyết định số 27/2017/QĐ-UBND |",
     {("repeals", code) for code in ("20/2011/QĐ-UBND", "14/2008/CT-UBND", "02/2010/CT-UBND", "27/2017/QĐ-UBND", "66/2018/QĐ-UBND")}),
    ("all of one and an article of another", "", "Bãi bỏ:\na) Toàn bộ Quyết định số 20/2011/QĐ-UBND;\nb) Điều 2 Quyết định số 24/2012/QĐ-UBND.",
     {("repeals", "20/2011/QĐ-UBND"), ("repeals", "24/2012/QĐ-UBND")}),
    ("one is replaced and what another says", "", "Quyết định này thay thế Quyết định số 20/2011/QĐ-UBND và thay cho các quy định tại Điều 1 Quyết định số 24/2012/QĐ-UBND.",
     {("replaces", "20/2011/QĐ-UBND"), ("replaces", "24/2012/QĐ-UBND")}),
    ("one applies by another that replaced a third", "", "Quyết định này được áp dụng theo Nghị định số 12/2020/NĐ-CP, thay thế Nghị định số 15/2015/NĐ-CP.", set()),
    ("what it replaces follows in items", "", "Hiệu lực\n1. Quyết định này thay thế:\n+ Quyết định số 20/2011/QĐ-UBND;\n+ Quyết định số 24/2012/QĐ-UBND “về sửa đổi Quyết định số 20/2011/QĐ-UBND”.",
     {("replaces", "20/2011/QĐ-UBND"), ("replaces", "24/2012/QĐ-UBND")}),
    ("a decision loses effect in a sentence of its own", "", "Quyết định này có hiệu lực từ ngày 15/11/2025. Quyết định số 20/2011/QĐ-UBND và Quyết định số 24/2012/QĐ-UBND hết hiệu lực.",
     {("repeals", "20/2011/QĐ-UBND"), ("repeals", "24/2012/QĐ-UBND")}),
    ("a decree loses effect, which is no decision's doing", "", "Quyết định này có hiệu lực từ ngày 15/11/2025. Nghị định số 34/2016/NĐ-CP hết hiệu lực.", set()),
    ("procedures that were published", "", "Bãi bỏ các thủ tục hành chính số thứ tự 4, 5 mục B công bố tại Quyết định số 20/QĐ-UBND; thay thế thủ tục số 7 đã công bố theo Quyết định số 24/QĐ-UBND và Quyết định số 25/QĐ-UBND.",
     {("repeals", "20/QĐ-UBND"), ("replaces", "24/QĐ-UBND"), ("replaces", "25/QĐ-UBND")}),
    ("procedures that lose effect", "", "Các thủ tục hành chính ban hành kèm theo Quyết định số 20/QĐ-UBND hết hiệu lực thi hành kể từ ngày 01/8/2023.", {("repeals", "20/QĐ-UBND")}),
    ("words of two, and what else is said behind a semicolon", "", "Thay thế cụm từ “huyện” bằng cụm từ “xã” tại Điều 2 Quyết định số 20/2011/QĐ-UBND và Điều 3 Quyết định số 24/2012/QĐ-UBND; Quyết định số 25/2012/QĐ-UBND tiếp tục được áp dụng.",
     {("amends", "20/2011/QĐ-UBND"), ("amends", "24/2012/QĐ-UBND")}),
    ("words that are put in", "", "Bổ sung cụm từ “nhà lưu trú” vào sau cụm từ “nhà ở” tại điểm b khoản 1 Điều 2 Quyết định số 20/2011/QĐ-UBND.", {("amends", "20/2011/QĐ-UBND")}),
    ("a căn cứ line that begins with theo", "Theo Nghị quyết số 19/NQ-HĐND ngày 18/7/2014 của Hội đồng nhân dân tỉnh;\n", "Giao Sở Nội vụ.", {("based_on", "19/NQ-HĐND")}),
    ("decrees behind a title and a colon", "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 về kiểm soát thủ tục và các Nghị định: số 48/2013/NĐ-CP ngày 14/5/2013, số 92/2017/NĐ-CP;\n", "Giao Sở Nội vụ.",
     {("based_on", f"{code}/NĐ-CP") for code in ("63/2010", "48/2013", "92/2017")}),
    ("what has lost effect is only cited", "", "Quyết định số 20/2011/QĐ-UBND đã hết hiệu lực.", set()),
    ("a repeal by someone else", "", "Trước đây UBND tỉnh đã bãi bỏ Quyết định số 78/2011/QĐ-UBND.", set()),
    ("a repeal that is asked for", "", "Giao Sở Tư pháp đề xuất bãi bỏ Quyết định số 77/2011/QĐ-UBND.", set()),
    ("what replaces names the decision that issued it", "", "Quyết định này có hiệu lực từ ngày ký, thay thế Quy chế ban hành theo Quyết định số 12/2011/QĐ-UBND.", {("replaces", "12/2011/QĐ-UBND")}),
    ("an article that amends", "", "Sửa đổi, bổ sung Điều 3 Quyết định số 10/2010/QĐ-UBND ngày 01/3/2010 như sau:", {("amends", "10/2010/QĐ-UBND")}),
    ("a decision cannot amend a decree: that is a task", "", "Sửa đổi Nghị định số 5/2020/NĐ-CP trong quý I.", set()),
    ("a task to amend is no amending", "", "Sở Tài chính rà soát, sửa đổi Quyết định số 10/2010/QĐ-UBND.", set()),
    ("a repeal in the title of what is named", "", "Áp dụng Quyết định số 30/2022/QĐ-UBND về việc bãi bỏ Quyết định số 11/2014/QĐ-UBND.", set()),
    ("a plan that is approved", "", "Phê duyệt Kế hoạch số 12/KH-SYT ngày 04/3/2024 của Sở Y tế.", {("approves", "12/KH-SYT")}),
    ("money that is approved by a plan", "", "Phê duyệt kinh phí theo Kế hoạch số 12/KH-SYT.", set()),
    ("what is suspended", "", "Ngưng hiệu lực thi hành Quyết định số 18/2019/QĐ-UBND.", {("suspends", "18/2019/QĐ-UBND")}),
    ("what is corrected", "", "Đính chính khoản 2 Điều 5 Quyết định số 18/2019/QĐ-UBND.", {("corrects", "18/2019/QĐ-UBND")}),
    ("what is issued with it, up to what that carries out", "", "Ban hành kèm theo Quyết định này Kế hoạch thực hiện Chỉ thị số 14-CT/TW ngày 19/7/2017 của Ban Bí thư.",
     {("promulgates", "Kế hoạch thực hiện Chỉ thị số 14-CT/TW")}),
    ("what another decision issued", "", "Áp dụng Quy chế ban hành kèm theo Quyết định số 22/2018/QĐ-UBND.", set()),
]  # fmt: skip


def named(extraction, position):
    if position is None:
        return None
    reference = extraction.references[position]
    return (
        str(reference.code) if reference.code else reference.title if reference.kind == "attached" else reference.text
    )


@pytest.mark.parametrize(("opening", "body", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_relations(opening, body, expected, read):
    text = REPORT.format(opening or "Sở báo cáo như sau:", body)
    found = read(text)
    stated = {
        (r.type, r.status, named(found, r.source), named(found, r.target)) for r in found.relations if r.type != "cites"
    }
    assert stated == expected
    assert all(text[r.start : r.end] == r.text and r.rule for r in found.relations)


def test_everything_named_is_cited_unless_something_stronger_is_said(read):
    text = REPORT.format("Thực hiện Kế hoạch số 56/KH-UBND, Sở báo cáo:", "theo Nghị định 20/2021/NĐ-CP và Luật Trẻ em")
    found = read(text)
    cited = {named(found, r.target) for r in found.relations if r.type == "cites"}
    assert cited == {"20/2021/NĐ-CP", "Luật Trẻ em"}


def test_what_is_disseminated_is_cited_too(read):
    found = read(REPORT.format("Sở báo cáo như sau:", "Quán triệt Chỉ thị số 28-CT/TW; phổ biến Luật Trẻ em"))
    for code in ("28-CT/TW", "Luật Trẻ em"):
        assert {r.type for r in found.relations if named(found, r.target) == code} == {"disseminates", "cites"}


def test_what_the_answers_do_not_know_is_printed_only_with_all(read, rules):
    assert rules.relation_kinds - rules.relations_beside_cites == PRINTED_RELATIONS
    found = read(REPORT.format("Sở báo cáo như sau:", "Quán triệt Chỉ thị số 28-CT/TW"))
    printed = [row["relation"] for row in rows("x", found, relations=True) if "relation" in row]
    assert printed == ["cites"]
    printed = {row["relation"] for row in rows("x", found, relations=True, everything=True) if "relation" in row}
    assert printed == {"disseminates", "cites"}


def test_the_own_number_in_the_own_title_is_no_other_document(read):
    text = (
        "BỘ Y TẾ\nSố: 4/2001/TT-BYT\nHà Nội, ngày 20 tháng 8 năm 2001\n\nTHÔNG TƯ\n\n"
        "CỦA BỘ Y TẾ SỐ 4/2001/TT-BYT HƯỚNG DẪN VIỆC CHĂM SÓC TRẺ EM THEO QUYẾT ĐỊNH SỐ 20/2000/QĐ-TTG\n\nĐiều 1. Chung\n"
    )
    found = read(text)
    assert ("guides", None, "20/2000/QĐ-TTg") in {(r.type, r.source, named(found, r.target)) for r in found.relations}


def test_can_cu_is_a_basis_and_its_titles_are_not(read):
    text = (
        "QUYẾT ĐỊNH\nVề việc kiện toàn Ban Chỉ đạo\n\nCăn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;\n"
        "Căn cứ Nghị định số 56/2017/NĐ-CP ngày 09 tháng 5 năm 2017 của Chính phủ quy định chi tiết một số điều của Luật Trẻ em;\n"
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 21/TTr-SNV ngày 02/5/2024.\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Kiện toàn.\n"
    )
    found = read(text)
    basis = [r for r in found.relations if r.type == "based_on"]
    assert [named(found, r.target) for r in basis] == ["Luật Trẻ em", "56/2017/NĐ-CP", "21/TTr-SNV"]
    assert all(r.source is None for r in basis)


@pytest.mark.parametrize(
    "amended",
    [
        "(sửa đổi, bổ sung tại Nghị định số 107/2017/NĐ-CP ngày 15/9/2017)",
        "- được sửa đổi bởi khoản 3 Điều 1 Nghị định số 107/2017/NĐ-CP",
    ],
)
def test_what_amended_a_can_cu_is_one_too(amended, read):
    basis = (
        f"Căn cứ Nghị định số 193/2013/NĐ-CP của Chính phủ quy định chi tiết một số điều của Luật Hợp tác xã {amended};"
    )
    found = read(f"QUYẾT ĐỊNH\nVề hợp tác xã\n\n{basis}\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Hỗ trợ.\n")
    assert [named(found, r.target) for r in found.relations if r.type == "based_on"] == [
        "193/2013/NĐ-CP",
        "107/2017/NĐ-CP",
    ]


@pytest.mark.parametrize(("basis", "article", "expected"), [c[1:] for c in OWN], ids=[c[0] for c in OWN])
def test_what_a_decision_does(basis, article, expected, read):
    found = read(ACT.format(basis, article))
    own = {(r.type, named(found, r.target)) for r in found.relations if r.source is None and r.type != "cites"}
    assert own - {("based_on", "Luật Trẻ em")} == expected


LETTER = (
    "UBND TỈNH SÔNG MẪU\nSỞ Y TẾ\nSố: 4512/SYT-NVY\nV/v thủ tục chi trả\nSông Mẫu, ngày 05 tháng 11 năm 2024\n\n"
    "Kính gửi: Các bệnh viện công lập.\n\n{}\n\nĐề nghị các đơn vị nghiêm túc thực hiện./.\n"
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Sở Y tế hướng dẫn thực hiện một số nội dung của Nghị quyết số 74/NQ-HĐND ngày 20/12/2023 như sau:", "guides"),
        ("Sở Y tế góp ý đối với dự thảo Nghị định sửa đổi Nghị định số 20/2021/NĐ-CP như sau:", "comments_on"),
        ("Công văn này thay thế Công văn số 44/SYT-NVY ngày 21/8/2023.", "replaces"),
        ("Văn bản này thay cho Công văn số 44/SYT-NVY ngày 21/8/2023.", "replaces"),
        ("Công văn này thay thế nội dung hướng dẫn tại điểm 3 Công văn số 44/SYT-NVY ngày 21/8/2023.", "replaces"),
        ("Sau khi nghiên cứu dự thảo Nghị định quy định về kinh doanh dược, Sở Y tế có ý kiến như sau:", "comments_on"),
        ("Góp ý dự thảo Luật sửa đổi, bổ sung một số điều của Luật Dược, Sở Y tế có ý kiến như sau:", "comments_on"),
        ("Đề nghị nghiên cứu dự thảo Nghị định quy định về kinh doanh dược, gửi ý kiến về Sở.", None),
        ("Theo Quyết định số 18/QĐ-UBND, văn bản này thay thế Công văn số 44/SYT-NVY ngày 21/8/2023.", None),
        ("Đề nghị thay thế nội dung tại điểm 3 Công văn số 44/SYT-NVY ngày 21/8/2023.", None),
        ("Giao Sở Y tế hướng dẫn thực hiện Nghị quyết số 74/NQ-HĐND ngày 20/12/2023, gồm:", None),
        ("Tại Công văn số 5/BYT-KCB, Bộ Y tế hướng dẫn thực hiện Nghị quyết số 74/NQ-HĐND như sau:", None),
        ("Đề nghị Sở Y tế góp ý đối với dự thảo Nghị định sửa đổi Nghị định số 20/2021/NĐ-CP như sau:", None),
    ],
)
def test_what_a_letter_without_items_does(sentence, expected, read):
    found = read(LETTER.format(sentence))
    assert {r.type for r in found.relations if r.source is None} - {"cites"} == ({expected} if expected else set())


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Sửa đổi, bổ sung Kế hoạch số 120/KH-UBND ngày 03/3/2024 về phòng, chống thiên tai", {"120/KH-UBND"}),
        ("Về việc điều chỉnh Kế hoạch số 120/KH-UBND ngày 03/3/2024", {"120/KH-UBND"}),
        ("Rà soát, sửa đổi, bổ sung Kế hoạch số 120/KH-UBND ngày 03/3/2024", set()),
        ("Sửa đổi, bổ sung Nghị quyết số 74/NQ-HĐND ngày 20/12/2023", set()),
    ],
)
def test_a_plan_amends_a_plan(title, expected, read):
    found = read(f"KẾ HOẠCH\n{title}\n\nI. MỤC ĐÍCH\n1. Nâng cao chất lượng.\n")
    assert {named(found, r.target) for r in found.relations if r.type == "amends" and r.source is None} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("như sau:\n“Điều 2. Bãi bỏ\n1. A.”.\n2. B", ["“Điều 2. Bãi bỏ\n1. A.”."]),
        ('như sau: "A".\nB "C" D', ['"A".']),
        ("cụm từ “A” và “B” ở đây", []),
        ("“A không đóng\nB", []),
    ],
)
def test_quotations(text, expected):
    assert [text[span.start : span.end] for span in quotations(text)] == expected


def test_an_attached_document_is_a_target_and_no_mention(read):
    found = read("Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của Sở Y tế.")
    assert [(r.kind, r.title) for r in found.references] == [("attached", "Quy chế làm việc của Sở Y tế")]
    assert [r.type for r in found.relations] == ["promulgates"]


def test_a_headless_part_calls_itself_by_its_type(read):
    found = read(
        "Điều 1. Sửa đổi khoản 2 Điều 7 Nghị định số 75/2015/NĐ-CP như sau:\n\nĐiều 2. Nghị định này có hiệu lực."
    )
    assert [(r.type, named(found, r.target)) for r in found.relations] == [("amends", "75/2015/NĐ-CP")]


OPENED_LETTER = (
    "UBND TỈNH SÔNG MẪU\nSỞ Y TẾ\nSố: 45/SYT-NVY\nV/v tiêm chủng\nSông Mẫu, ngày 05 tháng 11 năm 2025\n\nKính gửi: {}\n\n"
    "Thực hiện Công văn số 901/BYT-KCB ngày 08/10/2025 của Bộ Y tế, Sở Y tế đề nghị các đơn vị:\n\n"
    "{}Triển khai Kế hoạch số 12/KH-UBND trong tháng 11.\n"
)


@pytest.mark.parametrize("to", ["Các đơn vị trực thuộc.", "\n- Bệnh viện đa khoa tỉnh;\n- Các trung tâm y tế."])
@pytest.mark.parametrize("mark", ["", "- ", "a) ", "Một là, ", "1. "])
def test_a_letter_carries_out_what_it_opens_with(to, mark, extractor, rules):
    text = OPENED_LETTER.format(to, mark)
    found = extractor.extract(text, read_layout(text, rules))
    stated = {(one.type, str(found.references[one.target].code)) for one in found.relations}
    assert ("implements", "901/BYT-KCB") in stated
    assert ("implements", "12/KH-UBND") not in stated


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n-----\n", "\n***\n\n"])
def test_the_sentence_under_a_title_is_none_of_it(between, extractor, rules):
    text = f"KẾ HOẠCH\nVề chuyển đổi số{between}Thực hiện Kế hoạch số 17-KH/TU, Sở Y tế ban hành kế hoạch như sau:\n\nI. MỤC ĐÍCH"
    layout = read_layout(text, rules)
    assert layout.header.title == "Về chuyển đổi số"
    assert [one.type for one in extractor.extract(text, layout).relations] == ["implements"]


def test_a_title_of_two_lines_stays_whole(rules):
    text = "KẾ HOẠCH\nPhòng, chống đuối nước trẻ em\nThực hiện Chỉ thị số 28-CT/TW ngày 25/12/2023\n\nI. MỤC ĐÍCH"
    assert read_layout(text, rules).header.title.endswith("ngày 25/12/2023")


def test_the_draft_of_a_law_is_not_the_law(extractor):
    found = extractor.extract("Bộ trình Quốc hội dự thảo Luật Trẻ em (sửa đổi) để thay thế Luật Trẻ em năm 2016.")
    assert [(one.kind, one.text) for one in found.references] == [
        ("draft", "dự thảo Luật Trẻ em"),
        ("named", "Luật Trẻ em"),
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("KIẾN NGHỊ:", {"Luật Thi hành án hình sự", "501/QĐ-VKSTC", "259/QĐ-VKSTC"}), ("Nơi nhận:", set())],
)
def test_can_cu_right_before_what_is_demanded(kind, expected, extractor, rules):
    text = (
        "VIỆN KIỂM SÁT NHÂN DÂN\nTỈNH SÔNG MẪU\nSố: 14/KN-VKS-P8\nSông Mẫu, ngày 05 tháng 12 năm 2022\n\nKIẾN NGHỊ\nKhắc phục vi phạm\n\n"
        "Kính gửi: Công an thành phố.\n\nQua kiểm sát, nhận thấy:\n\n1. Có 03 hồ sơ thiếu lệnh.\n\nCăn cứ Điều 167 Luật Thi hành án hình sự, "
        "Điều 38 Quy chế ban hành kèm theo Quyết định số 501/QĐ-VKSTC ngày 12/12/2017 và Quyết định số 259/QĐ-VKSTC ngày 20/7/2020,\n\n"
        f"{kind}\nCông an thành phố khắc phục vi phạm.\n"
    )
    found = extractor.extract(text, read_layout(text, rules))
    assert {named(found, r.target) for r in found.relations if r.type == "based_on"} == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2. UBND huyện thu hồi, hủy bỏ Quyết định số 3341/QĐ-UBND ngày 19/8/2020.", set()),
        ("2. Bãi bỏ Thông báo số 145-TB/TW ngày 29/3/2005.", {"145-TB/TW"}),
    ],
)
def test_what_a_conclusion_repeals_itself(sentence, expected, read):
    found = read(f"KẾT LUẬN\nVề công tác trẻ em\n\nI. NỘI DUNG\n\n1. Đã xem xét.\n{sentence}\n")
    assert {named(found, r.target) for r in found.relations if r.type == "repeals"} == expected


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("Nhằm cụ thể hóa và tổ chức thực hiện có hiệu quả Nghị quyết số 57-NQ/TW ngày 22/12/2024,", {"57-NQ/TW"}),
        ("Quán triệt và triển khai thực hiện Nghị quyết số 72-NQ/TW ngày 09/9/2025,", {"72-NQ/TW"}),
        ("Thực hiện chủ trương của Tỉnh ủy tại Thông báo số 45-TB/TU ngày 01/10/2025,", {"45-TB/TU"}),
        ("Để kịp thời triển khai thi hành Nghị định số 188/2025/NĐ-CP ngày 01/7/2025,", {"188/2025/NĐ-CP"}),
        (
            "Thực hiện Công văn số 2788/BYT-DP ngày 17/5/2024; ý kiến chỉ đạo của UBND tỉnh tại Công văn số 3120/UBND-VX,",
            {"2788/BYT-DP", "3120/UBND-VX"},
        ),
        (
            "Thực hiện Kế hoạch thanh tra (phê duyệt tại Quyết định số 2239/QĐ-UBND), Quyết định số 41/QĐ-TTr,",
            {"2239/QĐ-UBND", "41/QĐ-TTr"},
        ),
        ("Để tiếp tục thực hiện nghiêm Công điện số 71/CĐ-TTg ngày 21/7/2024,", {"71/CĐ-TTg"}),
        ("Quán triệt Nghị quyết số 72-NQ/TW ngày 09/9/2025,", set()),
        ("Theo Kế hoạch số 12/KH-UBND ngày 09/01/2025,", set()),
        (
            "Để triển khai thực hiện Quyết định số 585/QĐ-TTg; theo đề nghị của Sở Xây dựng tại Tờ trình số 118/TTr-SXD,",
            {"585/QĐ-TTg"},
        ),
    ],
)
def test_what_a_plan_opens_with(opening, expected, read):
    found = read(
        f"KẾ HOẠCH\nVề công tác y tế\n\n{opening} Sở Y tế ban hành kế hoạch như sau:\n\nI. MỤC ĐÍCH\n1. Nâng cao.\n"
    )
    assert {named(found, r.target) for r in found.relations if r.type == "implements" and r.source is None} == expected


def test_a_list_ends_where_the_bracket_closes_in_which_it_begins(read):
    found = read(
        "BÁO CÁO\nVề khoáng sản\n\nI. KẾT QUẢ\n1. Kế hoạch số 200/KH-UBND (Chương trình số 39-CTr/TU thực hiện Nghị quyết"
        " số 10-NQ/TW ngày 10/02/2022), Chỉ thị số 38/CT-TTg đã được phổ biến.\n"
    )
    assert {named(found, one.target) for one in found.relations if one.type == "implements"} == {"10-NQ/TW"}


def test_a_paragraph_without_a_mark_ends_with_its_long_line(read):
    text = (
        "KẾ HOẠCH\nVề công tác y tế\n\n"
        "Triển khai thực hiện Đề án số 05-ĐA/TU ngày 02/12/2025 của Tỉnh ủy về tăng cường bảo vệ, chăm sóc và nâng cao chất lượng"
        " khám chữa bệnh cho Nhân dân trong tình hình mới\n"
        "Triển khai thực hiện Kế hoạch số 17-KH/TU ngày 05/12/2025 của Tỉnh ủy về đo lường chất lượng\n\nI. MỤC ĐÍCH\n1. Nâng cao.\n"
    )
    found = read(text)
    titles = {str(one.code): one.title for one in found.references}
    assert titles["05-ĐA/TU"].endswith("trong tình hình mới")
    assert {named(found, one.target) for one in found.relations if one.type == "implements"} == {"05-ĐA/TU", "17-KH/TU"}


@pytest.mark.parametrize(
    ("sentence", "sources"),
    [
        ("Thực hiện {b}, UBND tỉnh đã ban hành {a}, {c} và {d} về trẻ em.", {"47/KH-UBND", "400/UBND-KGVX"}),
        ("Thực hiện {b}, UBND tỉnh đã ban hành các văn bản: {a}; {c}; {d}.", {"47/KH-UBND", "400/UBND-KGVX"}),
        (
            "UBND tỉnh đã ban hành các văn bản triển khai {b} như sau:\n- {a};\n- {c};\n- {d}.",
            {"47/KH-UBND", "400/UBND-KGVX"},
        ),
        ("Thực hiện {b}, UBND tỉnh chưa ban hành {a}.", set()),
        ("Thực hiện {b}, UBND tỉnh đã ban hành {d}.", set()),
    ],
)
def test_all_that_is_issued_to_carry_out_a_directive_is_a_source_and_nothing_earlier(sentence, sources, read):
    words = {
        "b": "Chỉ thị số 28-CT/TW ngày 25/12/2023 của Bộ Chính trị",
        "a": "Kế hoạch số 47/KH-UBND ngày 20/02/2024",
        "c": "Công văn số 400/UBND-KGVX ngày 05/3/2024",
        "d": "Kế hoạch số 50/KH-UBND ngày 01/4/2020",
    }
    found = read(f"BÁO CÁO\nCông tác trẻ em\n\nI. KẾT QUẢ\n1. {sentence.format(**words)}\n2. Khác.\n")
    acts = [one for one in found.relations if one.type == "implements" and one.source is not None]
    assert {named(found, one.source) for one in acts} == sources
    assert {named(found, one.target) for one in acts} <= {"28-CT/TW"}
