package io.orderly.contracts.reply;

import io.orderly.contracts.SagaStep;

/** A participant's answer to the command of one step. */
public sealed interface StepReply extends Reply permits StepCompleted, StepDeclined, StepRefused {

    SagaStep step();
}
