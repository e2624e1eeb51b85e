package io.orderly.coordinator.connection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.util.FileSystemUtils;

/** A certificate authority with a few certificates, made by the JDK's keytool when it is first needed. */
public final class TestAuthority {

    /** Whose certificates the tests trust. */
    public static final TestAuthority TRUSTED =
            new TestAuthority("Trusted", List.of("one", "two", "elsewhere", "expired"));

    /** Another one. */
    public static final TestAuthority FOREIGN = new TestAuthority("Foreign", List.of("one"));

    /** One that has the name of the trusted one. */
    public static final TestAuthority IMPOSTOR = new TestAuthority("Trusted", List.of("one"));

    private static final String PASSWORD = "changeit";

    private final KeyStore store;

    private TestAuthority(String name, List<String> aliases) {
        try {
            Path folder = Files.createTempDirectory("authority");
            try {
                keytool(folder, "ca", "-dname", "CN=" + name, "-ext", "bc:c", "-validity", "30");
                for (String alias : aliases) {
                    issue(folder, alias);
                }
                store = KeyStore.getInstance(folder.resolve("store").toFile(), PASSWORD.toCharArray());
            } finally {
                FileSystemUtils.deleteRecursively(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void issue(Path folder, String alias) throws IOException {
        String names = alias.equals("elsewhere")
                ? "san=dns:elsewhere.example,dns:*.many.example"
                : "san=dns:localhost,ip:127.0.0.1";
        List<String> validity = alias.equals("expired")
                ? List.of("-startdate", "-3d", "-validity", "1")
                : List.of("-startdate", "-1d", "-validity", "30");
        List<String> arguments = new ArrayList<>(List.of("-dname", "CN=" + alias, "-signer", "ca", "-ext", names));
        arguments.addAll(validity);
        keytool(folder, alias, arguments.toArray(String[]::new));
    }

    private static void keytool(Path folder, String alias, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-keystore",
                folder.resolve("store").toString(),
                "-storepass",
                PASSWORD,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                alias));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(Files.readString(folder.resolve("log")));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of the authority itself. */
    public String authority() {
        return certificate("ca");
    }

    /** @param alias {@code one} or {@code two}, for localhost; {@code elsewhere}, for other hosts; or {@code expired} */
    public String certificate(String alias) {
        try {
            Certificate certificate = store.getCertificate(alias);
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private key of a certificate. */
    public String key(String alias) {
        try {
            return pem(
                    "PRIVATE KEY", store.getKey(alias, PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] encoded) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded));
    }

    /** With a certificate of this authority, and trust in {@link #TRUSTED}. */
    public SslBundle bundle(String alias) {
        return SslBundle.of(new PemSslStoreBundle(
                PemSslStoreDetails.forCertificate(certificate(alias)).withPrivateKey(key(alias)),
                PemSslStoreDetails.forCertificate(TRUSTED.authority())));
    }

    /** Bundles with a single one, {@code test}. */
    public DefaultSslBundleRegistry bundles(String alias) {
        return new DefaultSslBundleRegistry("test", bundle(alias));
    }
}
