# %% [markdown]
# # Bắt đầu · Start here
#
# | Việc · Task | Sổ làm việc · Notebook |
# |---|---|
# | Lập phiếu rà soát một báo cáo · the memo of one report | [ward_audit](ward_audit.ipynb) |
# | Rà soát từng nội dung, sửa số đọc nhầm, ghi quyết định · review and decide | [review](review.ipynb) |
# | Tìm hiểu số liệu, bảng, biểu đồ, so hai số bất kỳ · explore | [explore](explore.ipynb) |
# | Thử một quy tắc của đoàn · try a rule of your own | [try_a_rule](try_a_rule.ipynb) |
# | Xem nhiều đơn vị cạnh nhau · many wards side by side | [across_wards](across_wards.ipynb) |
#
# Cách làm: chép báo cáo vào `reports/`, mở sổ rồi chọn **Run → Run All Cells**. Ô đầu tiên để trống là báo cáo đầu tiên
# trong `reports/`; muốn báo cáo khác thì ghi tên vào đó.
#
# *Copy reports into `reports/`, open a notebook, then **Run → Run All Cells**. Its first cell left empty means the first
# report in `reports/`; name another there.*

# %%
from cchc_audit import doctor, workspace

work = workspace.find()
work

# %% [markdown]
# ## Máy này đọc được những dạng tệp nào · What this machine can read

# %%
print(doctor.report())
