/**
 * Clusters of coordinators for experiments: three real processes of ours or of etcd, on free ports and with separate data, and their
 * faults: kill, pause, cut and delay.
 */
@NullMarked
package io.orderly.lab.coordinator;

import org.jspecify.annotations.NullMarked;
