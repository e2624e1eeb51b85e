package io.orderly.kit.consuming;

import io.orderly.kit.deadletter.Redelivery;
import io.orderly.kit.messaging.RawMessage;
import java.util.List;

/**
 * The processors of a service, one per topic it consumes.
 *
 * @param all in no particular order
 */
record MessageProcessors(List<MessageProcessor> all) implements Redelivery {

    @Override
    public void redeliver(RawMessage raw) {
        all.stream()
                .filter(processor -> processor.handler().topic().topicName().equals(raw.topic()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing here consumes " + raw.topic() + " any more"))
                .replay(raw);
    }
}
