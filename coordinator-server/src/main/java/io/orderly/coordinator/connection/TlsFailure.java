package io.orderly.coordinator.connection;

import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Why a connection with TLS failed, for logs and metrics.
 *
 * @param reason a sentence whose subject is the other side
 */
public record TlsFailure(Kind kind, String reason) {

    /** What failed. */
    public enum Kind {
        /** What came is not TLS. */
        NO_TLS,
        /** This side refuses the certificate of the other one, or misses it. */
        CERTIFICATE,
        /** Anything else, also that the other side refuses the certificate of this one. */
        TLS;

        /** For metrics. */
        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @return empty if the failure is not one of TLS */
    public static Optional<TlsFailure> of(Throwable failure) {
        return find(failure, SSLException.class).map(TlsFailure::ofTls);
    }

    private static TlsFailure ofTls(SSLException failure) {
        if (failure instanceof NotSslRecordException) {
            return new TlsFailure(Kind.NO_TLS, "it does not use TLS, which this member requires");
        }
        return ofCertificate(failure)
                .map(reason -> new TlsFailure(Kind.CERTIFICATE, reason))
                .orElseGet(() -> new TlsFailure(Kind.TLS, "TLS failed: " + failure.getMessage()));
    }

    private static Optional<String> ofCertificate(SSLException failure) {
        if (String.valueOf(failure.getMessage()).contains("Empty client certificate chain")) {
            // nor does a client show one of an authority that this side did not name
            return Optional.of("it sent no certificate of an authority that this member trusts");
        }
        return find(failure, CertificateExpiredException.class)
                .map(cause -> "its certificate has expired: " + cause.getMessage())
                .or(() -> find(failure, CertificateNotYetValidException.class)
                        .map(cause -> "its certificate is not valid yet: " + cause.getMessage()))
                .or(() -> find(failure, CertPathBuilderException.class)
                        .map(_ -> "its certificate is of an authority that this member does not trust"))
                .or(() -> find(failure, CertPathValidatorException.class)
                        .map(cause -> "its certificate cannot be verified: " + cause.getMessage()))
                .or(() -> find(failure, CertificateException.class)
                        .map(cause -> "its certificate is refused: " + cause.getMessage()));
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
