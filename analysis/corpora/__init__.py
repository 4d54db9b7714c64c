"""Many articles: in processes, on a cluster, without duplicates."""
