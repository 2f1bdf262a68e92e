"""The names of the channels that pokes go by (`core/pubsub/`). A person or a list is named by its public identifier."""


def of_list(public_id: str) -> str:
    """What everybody may know who sees the list, its owner included."""
    return f"list_{public_id}"


def of_givers(public_id: str) -> str:
    """What claims and words among givers cause. Never for the list's owner."""
    return f"list_{public_id}_givers"


def of_activity(public_id: str) -> str:
    """That a person did something which their friends may see."""
    return f"activity_{public_id}"


def of_extraction(public_id: str) -> str:
    """That product data of one of a person's own wishes have come."""
    return f"metadata_extraction_{public_id}"


def of_notifications(public_id: str) -> str:
    """That there is something new under a person's bell."""
    return f"notifications_{public_id}"
