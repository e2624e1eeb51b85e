package io.orderly.kit.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;

/** Formats a stack trace with printable messages. An exception's message often quotes untrusted input. */
public final class PrintableThrowableConverter extends ExtendedWhitespaceThrowableProxyConverter {

    @Override
    protected String throwableProxyToString(IThrowableProxy throwable) {
        return super.throwableProxyToString(new PrintableProxy(throwable));
    }

    private record PrintableProxy(IThrowableProxy throwable) implements IThrowableProxy {

        @Override
        public @Nullable String getMessage() {
            return throwable.getMessage() == null ? null : LogText.multiLine(throwable.getMessage());
        }

        @Override
        public @Nullable String getOverridingMessage() {
            return throwable.getOverridingMessage() == null
                    ? null
                    : LogText.multiLine(throwable.getOverridingMessage());
        }

        @Override
        public String getClassName() {
            return throwable.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return throwable.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return throwable.getCommonFrames();
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            return throwable.getCause() == null ? null : new PrintableProxy(throwable.getCause());
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            return Arrays.stream(throwable.getSuppressed())
                    .map(PrintableProxy::new)
                    .toArray(IThrowableProxy[]::new);
        }

        @Override
        public boolean isCyclic() {
            return throwable.isCyclic();
        }
    }
}
