"""How far long work has come, and the wish that it should stop: see `viewer.steps`."""

from viewer.steps import Steps as Steps
from viewer.steps import Stopped as Stopped
