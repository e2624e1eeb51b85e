/**
 * The benchmark of the coordinator beside etcd: the same load from the same generator on three members of each in turn, on the same disk,
 * with every write on the disks of a majority before it is answered. The generator's own limit is measured too, against a server that does
 * nothing.
 */
@NullMarked
package io.orderly.lab.bench.coordinator;

import org.jspecify.annotations.NullMarked;
