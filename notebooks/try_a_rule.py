# %% [markdown]
# # Thử một quy tắc của đoàn · Try a rule of your own
#
# 1. Mở tệp quy tắc (mặc định `rules/quy-tac-vi-du.yaml`) bằng cách bấm đúp trong danh mục tệp bên trái, sửa rồi lưu.
# 2. Chạy lại các ô dưới: mỗi ví dụ trong tệp được thử, rồi quy tắc được áp vào báo cáo.
# 3. Khi đã vừa ý: thêm `--rules rules/quy-tac-vi-du.yaml` vào lệnh `check`, `memo`, `batch`, hoặc ghi tên tệp vào tham số `rules`
#    của các sổ khác.
#
# Tệp sai ở đâu, thông báo chỉ đúng dòng đó. *Edit the file, save it, run the cells again: each example is tried, then
# the report. A mistake in the file is reported with its line.*

# %% tags=["parameters"]
rules = ""  # tệp quy tắc; để trống: ví dụ có sẵn · the rulebook; empty: the example
report = ""  # báo cáo; để trống: báo cáo đầu tiên trong reports/ · the report; empty: the first one
language = "vi"  # vi, en

# %%
from cchc_audit import workspace
from cchc_audit.trial import try_rules

work = workspace.find()
trial = try_rules(work.rules(rules), work.report(report), language=language)
trial

# %% [markdown]
# ## Báo cáo với quy tắc này · The report under this rule

# %%
trial.audit
