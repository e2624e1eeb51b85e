package io.orderly.contracts.reply;

import io.orderly.contracts.SagaStep;

/** A participant's reply to the command of a step. */
public sealed interface StepReply extends Reply permits StepCompleted, StepDeclined, StepRefused {

    SagaStep step();
}
