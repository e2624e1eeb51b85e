package io.orderly.kit.consuming;

import io.orderly.kit.deadletter.Redelivery;
import io.orderly.kit.messaging.RawMessage;
import java.util.List;

/**
 * The message processors of a service, one per consumed topic.
 *
 * @param all in no particular order
 */
record MessageProcessors(List<MessageProcessor> all) implements Redelivery {

    @Override
    public void redeliver(RawMessage raw) {
        all.stream()
                .filter(processor -> processor.handler().topic().topicName().equals(raw.topic()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no handler for topic " + raw.topic()))
                .replay(raw);
    }
}
