# step: create
kubectl create deployment shop --image=nginx:1.25 --replicas=3
kubectl rollout status deployment/shop
# step: update
kubectl set image deployment/shop nginx=nginx:1.27
kubectl rollout status deployment/shop
# step: fail
kubectl set image deployment/shop nginx=nginx:1.99-does-not-exist
sleep 30
kubectl get pods
# step: undo
kubectl rollout undo deployment/shop
kubectl rollout status deployment/shop
# step: scale
kubectl scale deployment shop --replicas=5
kubectl rollout status deployment/shop
