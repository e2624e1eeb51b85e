/**
 * The provider over HTTP and JSON.
 *
 * <table>
 * <caption>Calls</caption>
 * <tr><td>{@code PUT /charges/{key}}</td><td>charges, once per key: {@code {"account":"cust-1","amount":"12.34",
 * "currency":"EUR","reference":"order-1"}}</td></tr>
 * <tr><td>{@code GET /charges/{key}}</td><td>the payment, or 404: nothing was ever done under this key</td></tr>
 * <tr><td>{@code POST /charges/{key}/reversal}</td><td>undoes it: refunds what was taken, voids what was not, and leaves
 * a tombstone where nothing came yet</td></tr>
 * <tr><td>{@code PUT /authorizations/{key}}</td><td>holds an amount; body as for a charge</td></tr>
 * <tr><td>{@code GET /authorizations/{key}}</td><td>as for a charge: both live under the same keys</td></tr>
 * <tr><td>{@code POST /authorizations/{key}/capture}</td><td>takes what is held; 409 if nothing is</td></tr>
 * <tr><td>{@code POST /authorizations/{key}/void}</td><td>gives up what is held, or leaves a tombstone; 409 once it is
 * taken</td></tr>
 * <tr><td>{@code GET /book?after=0&limit=100}</td><td>pages through all payments in the order of their latest change;
 * go on with {@code next} while there is {@code more}</td></tr>
 * <tr><td>{@code GET /book/summary}</td><td>sums over the whole book</td></tr>
 * <tr><td>{@code GET /traffic}</td><td>how many requests about single payments came since the start, however they were
 * answered, also in an outage</td></tr>
 * <tr><td>{@code GET /health}</td><td>200 while the process lives, also in an outage</td></tr>
 * <tr><td>{@code GET, PUT /settings}</td><td>the faults; what a PUT leaves out goes back to how the process was
 * started</td></tr>
 * </table>
 *
 * <p>Whatever became of a payment is a 200 that says so in its {@code status}, a decline included: {@code CHARGED},
 * {@code AUTHORIZED}, {@code DECLINED} with a {@code reason}, {@code VOIDED}, {@code REFUNDED}. Statuses from 400 on are
 * about the request and not about the money: a client can count them as trouble without looking inside. They are
 * problem details after RFC 9457, with the offending {@code field} where there is one. So are the answers to what does not
 * follow HTTP.
 *
 * <p>400 is what cannot be understood, 422 what can be but not be done; the latter also when a key already stands for
 * another request. What is a GET may be a HEAD. A request, head and body, has 10 s to arrive; its
 * connection is closed then, after a 408 if the head had arrived.
 * After a 5xx or a lost connection the outcome is unknown: look the key up, repeat, or reverse.
 */
@NullMarked
package io.orderly.provider.http;

import org.jspecify.annotations.NullMarked;
