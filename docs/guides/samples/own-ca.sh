#!/bin/sh
# Makes a certificate authority of your own and a certificate of it for one host name, for a network without the
# internet: own-ca.sh FOLDER HOST [ADDRESS]. Run it again to renew the certificate; the authority stays.
set -eu
folder=$1 host=$2 address=${3:-}
umask 077
mkdir -p "$folder"
cd "$folder"

if [ ! -f ca.key ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -keyout ca.key -out ca.crt \
        -subj "/CN=Summit certificate authority" \
        -addext "basicConstraints=critical,CA:TRUE,pathlen:0" -addext "keyUsage=critical,keyCertSign,cRLSign"
fi
names="DNS:$host"
[ -z "$address" ] || names="$names,IP:$address"
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout summit.key -out summit.csr -subj "/CN=$host"
printf 'subjectAltName=%s\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\n' \
    "$names" >extensions.txt
# Browsers take a certificate for at most 398 days.
openssl x509 -req -in summit.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 397 -extfile extensions.txt -out summit.crt
rm summit.csr extensions.txt
echo "Give ca.crt to every device; keep ca.key off the network; summit.crt and summit.key go to the proxy."
