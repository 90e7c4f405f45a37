"""From a sentence that was not understood to a better model: found, taught, trained, judged, put in service or not."""
