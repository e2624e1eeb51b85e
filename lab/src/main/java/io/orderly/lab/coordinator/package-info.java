/**
 * Clusters of coordinators for experiments: three real processes of ours or of etcd, on free ports and with separate data, and their
 * faults: kill, pause, cut and delay, and for ours a clock that jumps and a slow disk.
 */
@NullMarked
package io.orderly.lab.coordinator;

import org.jspecify.annotations.NullMarked;
