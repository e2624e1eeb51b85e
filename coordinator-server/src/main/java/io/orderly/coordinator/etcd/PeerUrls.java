package io.orderly.coordinator.etcd;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Checks the peer URLs of a member. */
final class PeerUrls {

    private static final int MAX_PORT = 65_535;

    private PeerUrls() {}

    /** Whether there is at least one, and each has a scheme, a host, a port, and nothing else. */
    static boolean areValid(List<String> urls) {
        return !urls.isEmpty() && urls.stream().allMatch(PeerUrls::isValid);
    }

    private static boolean isValid(String text) {
        try {
            URI url = new URI(text);
            String path = url.getPath();
            return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getPort() > 0
                    && url.getPort() <= MAX_PORT
                    && (path == null || path.isEmpty());
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
