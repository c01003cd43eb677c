"""What leads were before: changes from every place that tells of them, put together."""
