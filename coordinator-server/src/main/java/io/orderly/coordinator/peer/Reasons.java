package io.orderly.coordinator.peer;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;

/** Failures of connections, for logs. */
final class Reasons {

    private Reasons() {}

    /** The message of a failure, without the exception that a decoder wraps around it. */
    static String of(Throwable failure) {
        Throwable cause =
                failure instanceof DecoderException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof MalformedMessageException
                        || cause instanceof OtherFormatException
                        || cause instanceof IOException
                ? String.valueOf(cause.getMessage())
                : cause.toString();
    }
}
