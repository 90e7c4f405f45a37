"""Rasa's own command line as a child that ends with its parent; run by Rasa's interpreter."""

import runpy

from nlu.rasa.start import end_with_parent, prepare

if __name__ == "__main__":
    prepare()
    end_with_parent()
    runpy.run_module("rasa", run_name="__main__")
