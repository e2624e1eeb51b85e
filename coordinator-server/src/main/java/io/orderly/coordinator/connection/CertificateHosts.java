package io.orderly.coordinator.connection;

import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The hosts that a certificate is for: its subject alternative names (RFC 9525, section 6). The JDK verifies them only of servers, and
 * members verify those that dial too.
 */
final class CertificateHosts {

    /** The kinds of names (RFC 5280, section 4.2.1.6). */
    private static final int DNS_NAME = 2;

    private static final int IP_ADDRESS = 7;

    private CertificateHosts() {}

    /** @param host a name, or an address in digits */
    static boolean isFor(X509Certificate certificate, String host) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
            return names != null
                    && names.stream()
                            .anyMatch(name -> address == null
                                    ? name.get(0).equals(DNS_NAME) && isName((String) name.get(1), host)
                                    : name.get(0).equals(IP_ADDRESS) && isAddress((String) name.get(1), address));
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    /** A wildcard stands for the whole first label, and for one label only. */
    private static boolean isName(String name, String host) {
        String pattern = name.toLowerCase(Locale.ROOT);
        String lower = host.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        return pattern.equals(lower) || dot > 0 && pattern.equals("*" + lower.substring(dot));
    }

    private static boolean isAddress(String name, byte[] address) {
        return Arrays.equals(NetUtil.createByteArrayFromIpAddressString(name), address);
    }
}
