/**
 * An issuer of access tokens for a system on one machine: Spring Authorization Server with a fixed
 * list of clients and one grant, client credentials. A client of a person has the name of the person as its subject. There are no users,
 * no consent and no storage.
 */
@NullMarked
package io.orderly.issuer;

import org.jspecify.annotations.NullMarked;
