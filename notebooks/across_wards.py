# %% [markdown]
# # So sánh giữa các phường, xã · Across wards
#
# Tỷ lệ và định mức tính từ kết quả của `cchc-audit batch`, đặt cạnh nhau. Đơn vị khác biệt nhiều không phải là sai:
# đó là nơi nên hỏi.
#
# *Ratios from the results of `cchc-audit batch`, side by side. A ward that stands apart is not wrong: it is one to ask.*

# %% tags=["parameters"]
outputs: str = ""  # thư mục kết quả của lệnh batch; để trống: outputs của không gian làm việc / where the batch wrote
language: str = "vi"  # vi hoặc en / vi or en

# %%
from cchc_audit import batch, compare

place = batch.results_in(outputs)
found = compare.values(place)
compare.frame(found, language).round(2)

# %% [markdown]
# ## Nơi nên hỏi · Where to ask
# Giá trị cách trung vị hơn 3,5 lần độ lệch chuẩn bền (MAD), khi có từ 12 đơn vị cùng kỳ trở lên.
#
# *Values more than 3.5 robust standard deviations from the median, among at least 12 wards of one period.*

# %%
compare.questions(compare.apart(found), language)

# %% [markdown]
# ## Phân bố · Spread

# %%
compare.chart(found, "in_time", language)

# %%
compare.chart(found, "online", language)

# %%
compare.chart(found, "officers-per-thousand", language)

# %%
compare.chart(found, "dossiers-per-officer", language)

# %% [markdown]
# ## Tự truy vấn · Your own query
# Các bảng Parquet (mô tả trong `docs/results.md`) truy vấn được bằng SQL.
#
# *The Parquet tables (described in `docs/results.md`) can be queried with SQL.*

# %%
compare.query(
    """
    select province, count(*) as reports, sum(contradicted + impossible) as alarms
    from reports group by province order by alarms desc
    """,
    place,
)
