"""Where the models stand."""

from dataclasses import dataclass

from bot.teaching.training import Training, TrainingState
from nlu.record import ModelRecord


@dataclass(frozen=True)
class Overview:
    """The model in service, the one before, the latest trainings, and how many sentences wait for a training.

    `can_train` is false where somebody else serves the model; `previous` is one that can be returned to.
    """

    current: ModelRecord | None
    previous: ModelRecord | None
    trainings: tuple[Training, ...]
    to_learn: int
    to_forget: int
    can_train: bool

    @property
    def open(self) -> Training | None:
        """The training that is queued or running."""
        return next((training for training in self.trainings if training.is_open), None)

    @property
    def ready(self) -> Training | None:
        """The training whose model waits for a decision."""
        return next((training for training in self.trainings if training.state is TrainingState.READY), None)
