/** Backups of a cluster: the file that {@code etcdctl snapshot save} receives, and clusters that begin with one. */
@NullMarked
package io.orderly.coordinator.backup;

import org.jspecify.annotations.NullMarked;
