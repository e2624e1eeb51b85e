/**
 * Clusters of coordinators for experiments: three real processes of ours or of etcd, on free ports and with data of their own, and
 * what can be done to them: kill, pause, cut and delay.
 */
@NullMarked
package io.orderly.lab.coordinator;

import org.jspecify.annotations.NullMarked;
