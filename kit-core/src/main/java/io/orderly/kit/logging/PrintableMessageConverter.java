package io.orderly.kit.logging;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Arrays;
import org.slf4j.helpers.MessageFormatter;

/**
 * Formats the message of a log event with printable arguments. The pattern is in the code and trusted; the arguments are
 * not.
 */
public final class PrintableMessageConverter extends MessageConverter {

    @Override
    public String convert(ILoggingEvent event) {
        Object[] arguments = event.getArgumentArray();
        if (arguments == null) {
            return LogText.multiLine(String.valueOf(event.getMessage()));
        }
        Object[] printable = Arrays.stream(arguments)
                .map(each ->
                        LogText.argument(MessageFormatter.format("{}", each).getMessage()))
                .toArray();
        return MessageFormatter.basicArrayFormat(event.getMessage(), printable);
    }
}
