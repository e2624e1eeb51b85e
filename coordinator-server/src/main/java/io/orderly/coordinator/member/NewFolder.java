package io.orderly.coordinator.member;

import io.orderly.coordinator.backup.BackupFile;
import io.orderly.coordinator.backup.InvalidBackupException;
import io.orderly.coordinator.log.DataFolder;
import io.orderly.coordinator.log.Disk;
import io.orderly.coordinator.log.UnusableFolderException;
import io.orderly.coordinator.store.RestoredState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data folder of a member that starts for the first time: empty, or with the state of a backup. */
final class NewFolder {

    private static final Logger LOG = LoggerFactory.getLogger(NewFolder.class);

    private final Disk disk;
    private final CoordinatorProperties properties;

    NewFolder(Disk disk, CoordinatorProperties properties) {
        this.disk = disk;
        this.properties = properties;
    }

    /**
     * Creates it.
     *
     * @param incarnation drawn at random
     * @throws UnusableFolderException if there is anything in the folder, or the backup that it begins with is not named
     * @throws InvalidBackupException if the backup is damaged, or another one than the configuration says
     */
    void create(long incarnation) throws IOException {
        String checksum = properties.restoreChecksum();
        if (checksum == null || properties.join()) {
            // a member that joins receives the state from the others
            DataFolder.create(
                    disk, properties.identity(), incarnation, properties.initialMembership(), properties.log());
        } else if (properties.restoreFile() == null) {
            throw new UnusableFolderException(
                    "%s is empty, and the cluster begins with the backup of restore-checksum %s: name it as restore-file"
                            .formatted(disk, checksum));
        } else {
            restore(incarnation, properties.restoreFile(), checksum);
        }
    }

    private void restore(long incarnation, Path file, String checksum) throws IOException {
        BackupFile backup = BackupFile.check(file);
        if (!backup.checksum().equals(checksum)) {
            throw new InvalidBackupException(
                    file, "its checksum is %s, and restore-checksum is %s".formatted(backup.checksum(), checksum));
        }
        RestoredState state;
        try (InputStream content = backup.content()) {
            state = RestoredState.read(content, properties.storeMaxBytes().toBytes());
        }
        DataFolder.create(
                disk,
                properties.identity(),
                incarnation,
                properties.initialMembership(),
                state.promise(),
                state.snapshot(),
                properties.log());
        LOG.info("restored {} at revision {} into {}", file, backup.revision(), disk);
    }
}
