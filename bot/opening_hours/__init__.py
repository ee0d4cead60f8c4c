"""When the municipality's places are open: `data/oppettider.yml` and the Swedish calendar."""
