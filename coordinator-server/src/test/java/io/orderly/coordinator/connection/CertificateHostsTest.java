package io.orderly.coordinator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateHostsTest {

    @ParameterizedTest
    @CsvSource({
        "elsewhere.example, true",
        "ELSEWHERE.example, true",
        "a.many.example, true",
        "a.b.many.example, false",
        "many.example, false",
        "other.example, false",
        "127.0.0.1, false",
        "'', false"
    })
    void aCertificateIsForItsNames(String host, boolean expected) throws Exception {
        assertThat(CertificateHosts.isFor(certificate("elsewhere"), host)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "localhost, true", "127.0.0.2, false", "::1, false"})
    void aCertificateIsForItsAddresses(String host, boolean expected) throws Exception {
        assertThat(CertificateHosts.isFor(certificate("one"), host)).isEqualTo(expected);
    }

    @Test
    void aCertificateWithoutNamesIsForNoHost() throws Exception {
        assertThat(CertificateHosts.isFor(certificate("ca"), "Trusted")).isFalse();
    }

    private static X509Certificate certificate(String alias) throws Exception {
        byte[] pem = TestAuthority.TRUSTED.certificate(alias).getBytes(StandardCharsets.US_ASCII);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }
}
