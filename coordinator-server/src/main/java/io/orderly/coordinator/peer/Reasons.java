package io.orderly.coordinator.peer;

import io.netty.handler.codec.DecoderException;
import io.orderly.coordinator.connection.TlsFailure;
import java.io.IOException;

/** Failures of connections, for logs. */
final class Reasons {

    private Reasons() {}

    /** The message of a failure, without the exception that a decoder wraps around it. */
    static String of(Throwable failure) {
        return TlsFailure.of(failure).map(TlsFailure::reason).orElseGet(() -> ofOther(failure));
    }

    private static String ofOther(Throwable failure) {
        Throwable cause =
                failure instanceof DecoderException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof MalformedMessageException
                        || cause instanceof OtherFormatException
                        || cause instanceof IOException
                ? String.valueOf(cause.getMessage())
                : cause.toString();
    }
}
