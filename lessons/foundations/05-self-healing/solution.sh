# step: process
kubectl exec solo -- sh -c 'kill 1'
sleep 20
# step: pod
kubectl create deployment web --image=nginx:1.27 --replicas=4
kubectl rollout status deployment/web
kubectl delete pod solo
kubectl delete pod -l app=web
kubectl rollout status deployment/web
# step: node
drydock node off node-1
drydock wait 7m
# step: back
drydock node on node-1
drydock wait 1m
