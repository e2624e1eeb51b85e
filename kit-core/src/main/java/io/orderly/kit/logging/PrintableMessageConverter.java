package io.orderly.kit.logging;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Arrays;
import org.slf4j.helpers.MessageFormatter;

/** The message of an event. Its pattern stands in the code; the arguments may come from anywhere. */
public final class PrintableMessageConverter extends MessageConverter {

    @Override
    public String convert(ILoggingEvent event) {
        Object[] arguments = event.getArgumentArray();
        if (arguments == null) {
            return LogText.sentences(String.valueOf(event.getMessage()));
        }
        Object[] printable = Arrays.stream(arguments)
                .map(each ->
                        LogText.argument(MessageFormatter.format("{}", each).getMessage()))
                .toArray();
        return MessageFormatter.basicArrayFormat(event.getMessage(), printable);
    }
}
