"""Quality and faithfulness of fused and shortened sentences."""
