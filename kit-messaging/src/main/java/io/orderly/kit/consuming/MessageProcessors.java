package io.orderly.kit.consuming;

import io.orderly.kit.deadletter.DeadLetter;
import io.orderly.kit.deadletter.LetterAction;
import io.orderly.kit.deadletter.Redelivery;
import io.orderly.kit.messaging.RawMessage;
import java.util.List;
import java.util.Optional;

/**
 * The message processors of a service, one per consumed topic.
 *
 * @param all in no particular order
 */
record MessageProcessors(List<MessageProcessor> all) implements Redelivery {

    @Override
    public void redeliver(RawMessage raw) {
        of(raw.topic())
                .orElseThrow(() -> new IllegalStateException("no handler for topic " + raw.topic()))
                .replay(raw);
    }

    @Override
    public void announce(DeadLetter letter, LetterAction action, String note) {
        of(letter.topic()).ifPresent(processor -> processor.handler().operatorActs(letter, action, note));
    }

    private Optional<MessageProcessor> of(String topic) {
        return all.stream()
                .filter(processor -> processor.handler().topic().topicName().equals(topic))
                .findFirst();
    }
}
