# step: expose
kubectl expose deployment hello --port=80
kubectl exec client -- wget -qO- http://hello
# step: dns
kubectl expose deployment hello --name=greetings --port=80
kubectl exec client -- wget -qO- http://greetings
# step: broken
kubectl patch service cart -p '{"spec":{"selector":{"app":"cart"}}}'
sleep 2
# step: node-port
kubectl patch service hello -p '{"spec":{"type":"NodePort"}}'
