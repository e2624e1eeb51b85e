package io.orderly.backends;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from the archive for this machine on the class path. */
final class PostgreSqlBinaries {

    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");

    private final Path folder;

    private PostgreSqlBinaries(Path folder) {
        this.folder = folder;
    }

    /**
     * Unpacks the programs below a folder unless they are there already. Several processes may do so at once: each
     * unpacks for itself, and the first to finish gives its folder the final name.
     */
    static PostgreSqlBinaries under(Path parent) {
        String archive = archive();
        try {
            Path folder = parent.resolve("postgresql-" + checksum(archive));
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(parent);
                Path unpacked = Files.createTempDirectory(parent, "postgresql-unpacking-");
                unpack(archive, unpacked);
                try {
                    Files.move(unpacked, folder, StandardCopyOption.ATOMIC_MOVE);
                } catch (FileSystemException lostTheRace) {
                    Folders.delete(unpacked);
                }
            }
            return new PostgreSqlBinaries(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static String archive() {
        String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String architecture = processor.equals("aarch64") ? "arm_64" : "x86_64";
        return "/postgres-" + system + "-" + architecture + ".txz";
    }

    private static InputStream open(String archive) {
        InputStream stream = PostgreSqlBinaries.class.getResourceAsStream(archive);
        if (stream == null) {
            throw new IllegalStateException("no PostgreSQL for this machine on the class path: " + archive);
        }
        return stream;
    }

    private static String checksum(String archive) throws IOException {
        CRC32 checksum = new CRC32();
        try (InputStream in = open(archive)) {
            byte[] buffer = new byte[1 << 16];
            for (int read; (read = in.read(buffer)) > 0; ) {
                checksum.update(buffer, 0, read);
            }
        }
        return Long.toHexString(checksum.getValue());
    }

    private static void unpack(String archive, Path target) throws IOException {
        try (TarArchiveInputStream entries =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open(archive))))) {
            for (TarArchiveEntry entry; (entry = entries.getNextEntry()) != null; ) {
                Path path = entry.resolveIn(target);
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(entries, path);
                    if (path.getParent().endsWith("bin")) {
                        Files.setPosixFilePermissions(path, PROGRAM);
                    }
                }
            }
        }
        Files.setPosixFilePermissions(target, PROGRAM);
    }
}
