# %% [markdown]
# # Rà soát một báo cáo · Review one report
#
# Bên trái là nguyên văn báo cáo, mọi con số đã đọc đều được đánh dấu. Bên phải là kết quả đối chiếu.
#
# - **Chấp nhận**: nội dung này đúng, giữ trong phiếu rà soát. **Bỏ qua…**: ghi lý do. **Hỏi đơn vị…**: đưa vào phần câu hỏi.
# - Bấm vào một con số để ghi số đúng (nếu máy đọc nhầm) hoặc gắn chỉ tiêu; bôi đen một chỗ để thêm số chưa đọc được.
# - Mỗi thay đổi được đối chiếu lại ngay và ghi vào `decisions/<tên>.jsonl`. Đóng máy rồi mở lại vẫn còn.
# - Phím: `j` `k` chuyển mục, `a` chấp nhận, `d` bỏ qua, `h` hỏi, `z` hoàn tác.
#
# *The report is on the left with its figures marked, the findings on the right. Every decision is on disk at once,
# in `decisions/<name>.jsonl`, and is still there after a restart.*

# %% tags=["parameters"]
report = ""  # báo cáo cần rà soát; để trống: báo cáo đầu tiên trong reports/ · the report to review
previous: list[str] = []  # báo cáo kỳ trước của cùng đơn vị · earlier reports of the same ward
with_files: list[str] = []  # phụ lục, biểu kèm theo · annexes and forms
rules = ""  # bộ quy tắc của đoàn; để trống: chỉ dùng bộ có sẵn · a rulebook of your own
who = ""  # tên người rà soát; để trống: tên đăng nhập máy · who decides
language = "vi"  # vi, en

# %% jupyter={"source_hidden": true}
from cchc_audit.panel import open_panel

open_panel(report, previous=previous, with_files=with_files, rules=rules, who=who, language=language)
