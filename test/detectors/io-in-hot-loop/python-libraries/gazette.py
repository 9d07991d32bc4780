from fastapi_utils.tasks import repeat_every
from supabase import create_client

store = create_client("url", "key")


@repeat_every(seconds=5)
def summarise():
    for row in store.table("articles").select("*").execute().data:
        store.table("articles").update({"short": row["text"]}).eq("id", row["id"]).execute()  # want "every 5 seconds × each of"


# What is only prepared goes nowhere until it is carried out.
@repeat_every(seconds=5)
def prepare():
    pending = []
    for row in store.table("articles").select("*").execute().data:
        pending.append(store.table("articles").update({"short": row["text"]}))
    return pending
